package io.github.clouddriver.consumer;

import static io.github.clouddriver.consumer.DriverAuthorProject.path;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged kit in a driver author's project, that of docs/driver-author.md: with everything on
 * the class path, and with the driver as a module. Neither has more than the guide says.
 */
class KitConsumerIT {
  @TempDir Path root;
  private DriverAuthorProject project;
  private String library;
  private String kit;

  @BeforeEach
  void theProjectAndThePublishedJars() throws IOException {
    project = DriverAuthorProject.writeTo(root);
    library =
        path(System.getProperty("cloud.driver.jar"), Jdk.read("cloud.driver.consumer.classpath"));
    kit =
        path(
            System.getProperty("cloud.driver.testkit.jar"),
            Jdk.read("cloud.driver.junit.classpath"));
  }

  @Test
  void theKitRunsOnTheClassPath() throws Exception {
    String driver = project.driver(library);
    String tests = project.tests(path(driver, library, kit));

    String printed =
        Jdk.run(
            "java",
            "-cp",
            path(tests, driver, project.sdk(), library, kit),
            "RunTests",
            DriverAuthorProject.KITS.get(0),
            DriverAuthorProject.KITS.get(1));

    DriverAuthorProject.checkReports(printed);
  }

  @Test
  void theKitRunsOnTheClassPathAgainstADriverThatIsAModule() throws Exception {
    String driver = project.driverModule(library);
    String tests = project.tests(path(library, kit));

    String printed =
        Jdk.run(
            "java",
            "-p",
            path(driver, project.sdk(), library),
            "--add-modules",
            "com.example.acme",
            "-cp",
            path(tests, kit),
            "RunTests",
            DriverAuthorProject.KITS.get(0),
            DriverAuthorProject.KITS.get(1));

    DriverAuthorProject.checkReports(printed);
  }
}
