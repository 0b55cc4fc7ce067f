package io.github.camelakeeba.product;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed file is a reason to reload where {@code backup.reload.watch} is true. */
class ReloadOnChangeTest {
  @Test
  void a_changed_file_is_taken_where_that_is_switched_on(@TempDir Path folder) throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      product
          .site("shop", product.server().joomla("shop").url())
          .property("backup.reload.watch = true")
          .start();
      Path sites = folder.resolve("config/sites.yaml");
      Files.writeString(sites, Files.readString(sites).replace("shop:", "other:"));

      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> product.service().configuration().sites().containsKey("other"));
    }
  }
}
