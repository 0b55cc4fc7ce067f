package io.github.camelakeeba.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the password of the database comes from: container platforms mount it as a file. */
class DatabasePasswordTest {
  @TempDir Path folder;

  private Settings settings(String... lines) throws IOException {
    Path file =
        Files.writeString(folder.resolve("application.properties"), String.join("\n", lines));
    SimpleCamelContext context = new SimpleCamelContext(false);
    ((PropertiesComponent) context.getPropertiesComponent()).addLocation("file:" + file);
    return Settings.of(context);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("password"), content);
  }

  @Test
  void it_is_what_the_file_holds_without_the_end_of_its_line() throws Exception {
    Settings settings = settings("backup.database.passwordFile = " + file("p w\n"));
    assertThat(settings.databasePassword().reveal()).isEqualTo("p w");
    assertThat(settings("backup.database.password = abc").databasePassword().reveal())
        .isEqualTo("abc");
    assertThat(settings().databasePassword()).isNull();
  }

  @Test
  void a_file_that_is_missing_or_empty_or_too_long_or_one_too_many_is_told() throws Exception {
    assertWrong("the file /no/such can't be read", "backup.database.passwordFile = /no/such");
    String key = "backup.database.passwordFile = ";
    assertWrong("passwordFile: the file " + folder + "/password is empty", key + file(" \n"));
    assertWrong("is longer than a secret can be", key + file("x".repeat(4_097)));
    assertWrong(
        "backup.database.password: and backup.database.passwordFile exclude each other; keep one",
        "backup.database.password = abc",
        key + file("abc"));
  }

  private void assertWrong(String reason, String... lines) {
    assertThatThrownBy(() -> settings(lines))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(reason);
  }
}
