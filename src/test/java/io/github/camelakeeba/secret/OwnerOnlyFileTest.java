package io.github.camelakeeba.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyFileTest {
  @TempDir Path folder;

  @Test
  void it_is_its_owner_s_alone_when_it_is_there() throws IOException {
    Path file = folder.resolve("token");
    OwnerOnlyFile.create(file).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void on_windows_nobody_else_is_on_its_list() throws IOException {
    UserPrincipal owner = Files.getOwner(folder);

    FileAttribute<List<AclEntry>> list = OwnerOnlyFile.accessListOf(owner);

    assertThat(list.name()).isEqualTo("acl:acl");
    assertThat(list.value()).hasSize(1);
    AclEntry only = list.value().get(0);
    assertThat(only.principal()).isEqualTo(owner);
    assertThat(only.type()).isEqualTo(AclEntryType.ALLOW);
    assertThat(only.permissions()).contains(AclEntryPermission.READ_DATA);
  }

  @Test
  void a_file_that_somebody_may_have_open_is_not_taken_for_a_new_one() throws IOException {
    Path file = Files.createFile(folder.resolve("secret"));

    assertThatThrownBy(() -> OwnerOnlyFile.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);
  }
}
