package io.github.clouddriver;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.schmizz.sshj.common.SecurityUtils;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Which package may know which, and what no package may do. */
class ArchitectureTest {
  private static final String ROOT = "io.github.clouddriver";
  private static final String CLI = ROOT + ".cli";
  private static final int MOST_LINES = 600;

  /** A package that is not in this table is an error: a new one has to find its place here. */
  private static final Map<String, Set<String>> MAY_KNOW = new TreeMap<>();

  private static void allow(String who, String... known) {
    MAY_KNOW.put(ROOT + who, Stream.of(known).map(ROOT::concat).collect(Collectors.toSet()));
  }

  static {
    allow(".error");
    allow(".exec", ".error");
    allow("", ".error", ".exec", ".internal.json");
    allow(".internal.json", ".error");
    allow(".internal.sshserver", ".error", ".internal.json");
    allow(".dispatch", "", ".error", ".exec", ".internal.json");
    allow(".ssh", "", ".error", ".exec", ".internal.json");
    allow(".memory", "", ".error", ".exec", ".internal.json", ".internal.sshserver");
    allow(".loopback", "", ".error", ".exec", ".internal.json", ".internal.sshserver");
    allow(".ec2", "", ".error", ".exec", ".internal.json");
    MAY_KNOW.put(CLI, Set.copyOf(MAY_KNOW.keySet()));
  }

  /** Libraries we use, or test with, but do not hand on: none of their types is for consumers. */
  private static final List<String> HIDDEN_LIBRARIES =
      List.of(
          "com.hierynomus.",
          "net.schmizz.",
          "org.apache.sshd.",
          "org.bouncycastle.",
          "software.amazon.",
          "picocli.",
          "org.junit.",
          "org.mockito.");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  static Set<String> packages() {
    return MAY_KNOW.keySet();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageKnowsOnlyWhatTheTableSays(String name) {
    Set<String> known = MAY_KNOW.get(name);
    noClasses()
        .that()
        .resideInAPackage(name)
        .should()
        .dependOnClassesThat(
            describe(
                "are ours, but not of " + known,
                type ->
                    isOurs(type)
                        && !type.getPackageName().equals(name)
                        && !known.contains(type.getPackageName())))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsInTheTable() {
    assertThat(packagesWithClasses()).isSubsetOf(MAY_KNOW.keySet());
  }

  @Test
  void noPackagesFormACircle() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return isOurs(type)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
              }

              @Override
              public String getDescription() {
                return "one slice per package";
              }
            })
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void noExportedSignatureShowsAHiddenLibrary() {
    Set<String> exported =
        ModuleDescriptorTest.built().exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    classes()
        .that(
            describe(
                "consumers can see",
                type -> exported.contains(type.getPackageName()) && isVisible(type)))
        .should(showNoHiddenLibrary())
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(packagesWithClasses())
        .allSatisfy(
            name -> {
              JavaPackage itself = CLASSES.getPackage(name);
              assertThat(itself.tryGetPackageInfo()).as("package-info of %s", name).isPresent();
              assertThat(itself.isAnnotatedWith(NullMarked.class)).as(name).isTrue();
            });
  }

  @Test
  void onlyTheCliPrintsAndReadsTheWallClock() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI + "..")
        .should()
        .accessTargetWhere(
            describe(
                "the target is System.out, System.err, Instant.now or System.currentTimeMillis",
                ArchitectureTest::printsOrReadsTheWallClock))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** Clause D7; a field for each class is easily written. */
  @Test
  void D7_onlyTheCliMakesLoggers() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI + "..")
        .should()
        .callMethodWhere(
            describe(
                "the target is LoggerFactory.getLogger",
                call ->
                    call.getTargetOwner().isEquivalentTo(LoggerFactory.class)
                        && call.getName().equals("getLogger")))
        .check(CLASSES);
  }

  /** They hold for every user of sshj in the process, so they are for the process to decide. */
  @Test
  void nothingTouchesTheSwitchesThatSshjHasForTheWholeProcess() {
    noClasses()
        .should()
        .accessTargetWhere(
            describe("the target is a switch of SecurityUtils", ArchitectureTest::switchesSecurity))
        .check(CLASSES);
  }

  @Test
  void noFileIsTooLong() throws IOException {
    Map<Path, Integer> tooLong = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        int lines = Files.readAllLines(file).size();
        if (lines > MOST_LINES) {
          tooLong.put(file, lines);
        }
      }
    }
    assertThat(tooLong).as("files of more than %d lines", MOST_LINES).isEmpty();
  }

  private static Set<String> packagesWithClasses() {
    return CLASSES.stream().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));
  }

  private static boolean isOurs(JavaClass type) {
    return (type.getPackageName() + ".").startsWith(ROOT + ".");
  }

  /** Calls and method references alike. */
  private static boolean printsOrReadsTheWallClock(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    return owner.isEquivalentTo(System.class)
            && Set.of("out", "err", "currentTimeMillis").contains(name)
        || owner.isEquivalentTo(Instant.class) && name.equals("now");
  }

  /** Calls and method references alike. */
  private static boolean switchesSecurity(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(SecurityUtils.class)
        && Set.of("setRegisterBouncyCastle", "setSecurityProvider", "registerSecurityProvider")
            .contains(access.getTarget().getName());
  }

  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static ArchCondition<JavaClass> showNoHiddenLibrary() {
    return new ArchCondition<>("show no type of " + HIDDEN_LIBRARIES) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        report(type.getFullName(), typesIn(type), type, events);
        type.getAllMembers().stream()
            .filter(member -> isVisible(member.getModifiers()))
            .forEach(member -> report(member.getFullName(), typesIn(member), type, events));
      }

      private void report(
          String where, Set<JavaClass> shown, JavaClass type, ConditionEvents events) {
        shown.stream()
            .map(JavaClass::getName)
            .filter(name -> HIDDEN_LIBRARIES.stream().anyMatch(name::startsWith))
            .map(name -> where + " shows " + name)
            .forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
      }
    };
  }

  private static Set<JavaClass> typesIn(JavaClass type) {
    Set<JavaClass> types = new HashSet<>(type.getAllRawSuperclasses());
    types.addAll(type.getAllRawInterfaces());
    Stream.of(
            type.getTypeParameters(), type.getInterfaces(), type.getSuperclass().stream().toList())
        .flatMap(Collection::stream)
        .forEach(generic -> types.addAll(generic.getAllInvolvedRawTypes()));
    return types;
  }

  private static Set<JavaClass> typesIn(JavaMember member) {
    Set<JavaClass> types = new HashSet<>(member.getAllInvolvedRawTypes());
    if (member instanceof JavaCodeUnit code) {
      types.addAll(code.getExceptionTypes());
    }
    return types;
  }
}
