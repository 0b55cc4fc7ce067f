package io.github.camelakeeba.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives can be downloaded as from real sites, and are whole JPA archives unless damaged. */
class SimulatedDownloadTest {
  private static final int MEBIBYTE = 1024 * 1024;

  private final SimulatedServer server = SimulatedServer.start();
  private final SimulatedSite blog = server.wordpress("blog");
  private final TestClient client = new TestClient(false);

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9})
  void an_archive_of_any_number_of_parts_is_whole(int parts) throws Exception {
    blog.parts(parts).size(200_001);
    client.run(blog);
    JsonNode record = client.call(blog, "getBackupInfo", "backup_id", 1).data();
    assertThat(record.get("multipart").asText()).isEqualTo(parts == 1 ? "0" : "" + parts);
    assertThat(record.get("filenames")).hasSize(parts);
    assertThat(record.get("filenames").get(0).get("name").asText()).endsWith(".jpa");
    if (parts > 1) {
      assertThat(record.get("filenames").get(1).get("name").asText()).endsWith(".j01");
    }
    byte[] archive = whole(record.get("filenames"));
    assertThat(archive).hasSize(200_001);
    assertThat(JpaReader.entries(archive)).isEqualTo(6);
  }

  @Test
  void segments_are_one_mebibyte_and_an_exact_end_is_an_empty_string_first() throws Exception {
    blog.parts(2).size(4L * MEBIBYTE);
    client.run(blog);
    assertThat(segment(1, 1)).hasSize(MEBIBYTE);
    assertThat(segment(2, 1)).hasSize(MEBIBYTE);
    assertThat(segment(3, 1)).isEmpty();
    assertThat(segment(1, 7)).isEqualTo(segment(1, 1));
    assertThat(download(4, 1).get("data").asText()).isEqualTo("Invalid segment");
  }

  @Test
  void wordpress_crashes_at_a_download_of_deleted_files() throws Exception {
    client.run(blog);
    client.call(blog, "deleteFiles", "backup_id", 1);
    assertThat(client.call(blog, "download", "backup_id", 1).status()).isEqualTo(500);
    assertThat(filesexist()).isEqualTo("1");
    client.call(blog, "listBackups");
    assertThat(filesexist()).isEqualTo("0");
  }

  @Test
  void a_start_inside_a_foreign_step_leaves_zeros_behind_the_header() throws Exception {
    ForeignBackup foreign = blog.foreignBackup("backend").inStep(true);
    client.run(blog);
    foreign.finish();
    JsonNode record = client.call(blog, "getBackupInfo", "backup_id", 1).data();
    assertThat(record.get("status").asText()).isEqualTo("complete");
    assertThat(blog.archiveBroken(1)).isTrue();
    assertThat(blog.archiveBroken(2)).isFalse();
    byte[] archive = whole(record.get("filenames"));
    assertThat(archive).startsWith('J', 'P', 'A', 41, 0);
    assertThat(Arrays.copyOfRange(archive, 41, 256)).containsOnly(0);
    assertThatIllegalStateException().isThrownBy(() -> JpaReader.entries(archive));
  }

  private byte[] whole(JsonNode files) throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int i = 1; i <= files.size(); i++) {
      // part 1 is the last file
      JsonNode file = files.get(i % files.size());
      byte[] volume =
          client
              .call(blog, "downloadDirect", "backup_id", 1, "part_id", file.get("part").asInt())
              .body();
      assertThat(volume).hasSize(file.get("size").asInt());
      whole.writeBytes(volume);
    }
    return whole.toByteArray();
  }

  private byte[] segment(int segment, int chunkSize) throws Exception {
    return Base64.getDecoder().decode(download(segment, chunkSize).get("data").asText());
  }

  private JsonNode download(int segment, int chunkSize) throws Exception {
    return client
        .call(
            blog,
            "download",
            "backup_id",
            1,
            "part_id",
            2,
            "segment",
            segment,
            "chunk_size",
            chunkSize)
        .json();
  }

  private String filesexist() throws Exception {
    return client.call(blog, "getBackupInfo", "backup_id", 1).data().get("filesexist").asText();
  }
}
