package io.github.camelakeeba.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a store that can't be used is what is wrong with it. */
@Tag("fault")
class StoreTroubleTest {
  @TempDir Path folder;

  @Test
  void a_file_that_can_only_be_read_is_told_as_such_at_the_start() {
    Database.file(folder, 2).close();

    String options = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
    String url = "jdbc:h2:file:" + folder.resolve("backup") + options + ";ACCESS_MODE_DATA=r";
    Throwable thrown = catchThrowable(() -> Database.open(url, "sa", null, 2));

    assertThat(StoreTrouble.reason(thrown)).isEqualTo("The database is read only");
  }
}
