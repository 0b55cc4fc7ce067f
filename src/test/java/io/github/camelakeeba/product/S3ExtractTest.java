package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.app.cli.Program;
import io.github.camelakeeba.s3.S3Server;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive in a bucket is extracted while it is read from there, and its site is not asked. */
@Tag("s3")
class S3ExtractTest {
  @TempDir Path folder;

  @Test
  void an_archive_in_a_bucket_is_extracted_from_there() throws Exception {
    try (S3Server server = S3Server.start(folder);
        RunningProduct sites = new RunningProduct(folder.resolve("sites"))) {
      SimulatedSite shop =
          sites
              .server()
              .joomla("shop")
              .secret(RunningProduct.SECRET)
              .steps(3)
              .parts(2)
              .size(300_000);
      Path home = Files.createDirectories(folder.resolve("home"));
      Program program =
          new Program(home)
              .site(
                  "shop",
                  shop.url(),
                  "download: {to: \"s3://vault/archives/{site}?endpoint=http://%s&accessKey=%s&secretKey=RAW(%s)\"}"
                      .formatted(server.address(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY),
                  "onServer: deleteFiles");
      Program.Ended backup = program.run("backup", "shop");
      assertThat(backup.code()).as(backup.err()).isZero();
      int asked = shop.requests("getBackupInfo").size();

      Path to = folder.resolve("to");
      Program.Ended ended = program.run("extract", "shop", "latest", "--to", to.toString());

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.out())
          .contains("read from s3://vault/archives/shop, is in " + to)
          .doesNotContain(S3Server.SECRET_KEY);
      assertThat(to.resolve("installation/sql/site.sql")).exists();
      try (Stream<Path> files = Files.list(to)) {
        assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(".extract"));
      }
      assertThat(shop.requests("getBackupInfo")).hasSize(asked);
    }
  }
}
