package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteConnection;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import org.mockito.invocation.Invocation;

/**
 * Decorators lose no method (clauses T4, X4): a method that is added to an interface and not
 * forwarded fails here.
 */
class ForwardingTest {
  private static final InstanceType TYPE = InstanceType.builder("small", "m7i.large").build();

  /** A value of each type that the methods take or return. */
  private static final Map<Class<?>, Object> VALUES =
      Map.ofEntries(
          Map.entry(CreateRequest.class, CreateRequest.builder(TYPE, ImageId.of("ami-1")).build()),
          Map.entry(InstanceType.class, TYPE),
          Map.entry(InstanceTags.class, InstanceTags.of("k", "v")),
          Map.entry(InstanceId.class, InstanceId.of("i-1")),
          Map.entry(InstanceQuotaGroup.class, InstanceQuotaGroup.of("standard")),
          Map.entry(InstanceState.class, InstanceState.SHUTTING_DOWN),
          Map.entry(Instance.class, mock(Instance.class)),
          Map.entry(List.class, List.of()),
          Map.entry(Set.class, Set.of(Capability.HOST_KEY)),
          Map.entry(Duration.class, Duration.ofSeconds(7)),
          Map.entry(String.class, "text"),
          Map.entry(PublicKey.class, mock(PublicKey.class)),
          Map.entry(RemoteConnection.class, mock(RemoteConnection.class)));

  private static final class PlainSet extends ForwardingInstanceSet {
    PlainSet(InstanceSet delegate) {
      super(delegate);
    }
  }

  private static final class PlainInstance extends ForwardingInstance {
    PlainInstance(Instance delegate) {
      super(delegate);
    }
  }

  /**
   * All that an interface and those above it declare, but for what the classes turn into others.
   */
  private static Stream<Method> methods(Class<?> type, String... except) {
    return Arrays.stream(type.getMethods())
        .filter(each -> !Modifier.isStatic(each.getModifiers()) && !each.isBridge())
        .filter(each -> !List.of(except).contains(each.getName() + each.getParameterCount()));
  }

  static Stream<Method> ofTheSet() {
    return methods(InstanceSet.class, "create5", "close0");
  }

  static Stream<Method> ofTheInstance() {
    return methods(Instance.class, "toString0");
  }

  private static Object valueOf(Class<?> type, Method method) {
    if (type == Optional.class) {
      return method.getName().equals("address")
          ? Optional.of(HostPort.of("host", 22))
          : Optional.of(Interruption.of(Interruption.Kind.RECLAIM, Instant.EPOCH));
    }
    Object value = VALUES.get(type);
    assertThat(value).as("this test needs a value of %s for %s", type, method).isNotNull();
    return value;
  }

  private static void assertForwarded(Method method, Object delegate, Object decorator)
      throws ReflectiveOperationException {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes())
            .map(each -> valueOf(each, method))
            .toArray(Object[]::new);
    Object answer = null;
    if (method.getReturnType() != void.class) {
      answer = valueOf(method.getReturnType(), method);
      when(method.invoke(delegate, arguments)).thenReturn(answer);
      Mockito.clearInvocations(delegate);
    }
    assertThat(method.invoke(decorator, arguments)).isSameAs(answer);
    List<Invocation> calls = List.copyOf(Mockito.mockingDetails(delegate).getInvocations());
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).getMethod().getName()).isEqualTo(method.getName());
    assertThat(calls.get(0).getArguments()).containsExactly(arguments);
  }

  @ParameterizedTest
  @MethodSource("ofTheSet")
  void everyMethodOfASetIsForwardedWithItsArgumentsAndAnswer(Method method) throws Exception {
    InstanceSet delegate = mock(InstanceSet.class);
    assertForwarded(method, delegate, new PlainSet(delegate));
  }

  @ParameterizedTest
  @MethodSource("ofTheInstance")
  void everyMethodOfAnInstanceIsForwardedWithItsArgumentsAndAnswer(Method method) throws Exception {
    Instance delegate = mock(Instance.class);
    assertForwarded(method, delegate, new PlainInstance(delegate));
  }

  @Test
  void theReferencesFormOfCreateGoesThroughTheDecoratorsOwnCreate() throws Exception {
    InstanceSet delegate = mock(InstanceSet.class);
    Instance made = mock(Instance.class);
    PublicKey key = TestKeys.rsa().getPublic();
    CreateRequest expected =
        CreateRequest.builder(TYPE, ImageId.of("ami-1"))
            .tags(InstanceTags.of("k", "v"))
            .initCommand(InitCommand.of("true"))
            .publicKey(key)
            .build();
    when(delegate.create(expected)).thenReturn(made);
    InstanceSet decorator = new PlainSet(delegate);
    assertThat(
            decorator.create(
                TYPE, ImageId.of("ami-1"), InstanceTags.of("k", "v"), InitCommand.of("true"), key))
        .isSameAs(made);
    verify(delegate).create(expected);
    verifyNoMoreInteractions(delegate);
  }

  @Test
  void theReferencesFormOfCreateDoesWithoutAKey() throws Exception {
    InstanceSet delegate = mock(InstanceSet.class);
    new PlainSet(delegate)
        .create(TYPE, ImageId.of("ami-1"), InstanceTags.empty(), InitCommand.NONE, null);
    verify(delegate).create(CreateRequest.builder(TYPE, ImageId.of("ami-1")).build());
    verifyNoMoreInteractions(delegate);
  }

  @Test
  void closingStopsTheSetBehind() {
    InstanceSet delegate = mock(InstanceSet.class);
    new PlainSet(delegate).close();
    verify(delegate).stop();
    verifyNoMoreInteractions(delegate);
  }

  @Test
  void theTextOfAnInstanceIsThatOfTheOneBehind() {
    Instance delegate = mock(Instance.class);
    when(delegate.toString()).thenReturn("i-0123");
    assertThat(new PlainInstance(delegate)).hasToString("i-0123");
  }

  @Test
  void T4_notImplementedPassesThroughAsItIs() throws Exception {
    Instance delegate = mock(Instance.class);
    NotImplementedException thrown = new NotImplementedException("no way to tell");
    PublicKey key = mock(PublicKey.class);
    Mockito.doThrow(thrown).when(delegate).verifyHostKey(key, null);
    Instance twice = new PlainInstance(new PlainInstance(delegate));
    assertThatThrownBy(() -> twice.verifyHostKey(key, null)).isSameAs(thrown);
  }

  @Test
  void subclassesReachTheOneBehindAndThereIsAlwaysOne() {
    InstanceSet set = mock(InstanceSet.class);
    Instance instance = mock(Instance.class);
    assertThat(new PlainSet(set).delegate()).isSameAs(set);
    assertThat(new PlainInstance(instance).delegate()).isSameAs(instance);
    assertThatNullPointerException().isThrownBy(() -> new PlainSet(null)).withMessage("delegate");
    assertThatNullPointerException()
        .isThrownBy(() -> new PlainInstance(null))
        .withMessage("delegate");
  }

  @Test
  void theDefaultsClaimNothing() {
    InstanceSet set = mock(InstanceSet.class, Mockito.CALLS_REAL_METHODS);
    assertThat(set.capabilities()).isEmpty();
    assertThat(set.listLag()).isZero();
    Instance instance = mock(Instance.class, Mockito.CALLS_REAL_METHODS);
    assertThat(instance.state()).isEqualTo(InstanceState.UNKNOWN);
    assertThat(instance.interruption()).isEmpty();
  }
}
