package io.github.camelakeeba.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may open the embedded store, and what is no store. */
@Tag("fault")
class StoreFolderTest {
  @TempDir Path home;

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void the_folder_and_its_files_are_its_user_s_alone_also_those_that_were_not() throws IOException {
    Path data = Files.createDirectory(home.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Database.file(data, 2).close();
    Files.setPosixFilePermissions(
        data.resolve("backup.mv.db"), PosixFilePermissions.fromString("rw-r--r--"));

    Database.file(data, 2).close();

    assertThat(permissions(data)).isEqualTo("rwx------");
    assertThat(permissions(data.resolve("backup.mv.db"))).isEqualTo("rw-------");
    assertThat(permissions(data.resolve("backup.lock"))).isEqualTo("rw-------");
  }

  @Test
  void an_empty_file_is_refused_and_no_new_store_takes_its_place() throws IOException {
    Path file = Files.createFile(home.resolve("backup.mv.db"));

    Throwable thrown = catchThrowable(() -> Database.file(home, 2));

    assertThat(TransientStoreErrors.reason(thrown))
        .startsWith("the file is empty, so what was in it is");
    assertThat(file).isEmptyFile();
  }

  /** H2 gives up its own lock when it can't write any more, as on a disk that is full. */
  @Test
  void a_store_whose_database_has_shut_itself_down_is_not_opened_by_anybody_else() {
    try (Database database = Database.file(home, 2)) {
      catchThrowable(() -> database.jdbc().execute("shutdown immediately"));

      Throwable thrown = catchThrowable(() -> Database.file(home, 2));

      assertThat(TransientStoreErrors.reason(thrown)).contains("already in use");
    }
    Database.file(home, 2).close();
  }
}
