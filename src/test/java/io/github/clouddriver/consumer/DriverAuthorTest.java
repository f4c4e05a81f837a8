package io.github.clouddriver.consumer;

import static io.github.clouddriver.consumer.DriverAuthorProject.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.Drivers;
import io.github.clouddriver.error.CloudException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of docs/driver-author.md compiles word for word and passes the kit. */
class DriverAuthorTest {
  @TempDir Path root;

  @Test
  void theDriverOfTheGuidePassesTheKitAndTheReportIsAsShown() throws Exception {
    DriverAuthorProject project = DriverAuthorProject.writeTo(root);
    String path = System.getProperty("java.class.path");
    String driver = project.driver(path);
    String tests = project.tests(path(driver, path));

    String printed =
        Jdk.run(
            "java",
            "-cp",
            path(tests, driver, project.sdk(), path),
            "RunTests",
            DriverAuthorProject.KITS.get(0),
            DriverAuthorProject.KITS.get(1));

    DriverAuthorProject.checkReports(printed);
  }

  @Test
  void theDriverOfTheGuideSaysWhichArtifactIsMissing() throws Exception {
    DriverAuthorProject project = DriverAuthorProject.writeTo(root);
    Path driver = Path.of(project.driver(System.getProperty("java.class.path")));
    URL[] withoutTheSdk = {driver.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(withoutTheSdk, getClass().getClassLoader())) {

      assertThat(Drivers.named("memory", loader)).isNotNull();
      assertThatThrownBy(() -> Drivers.named("acme", loader))
          .isInstanceOf(CloudException.class)
          .hasMessageContaining("com.acme:acme-sdk");
    }
  }
}
