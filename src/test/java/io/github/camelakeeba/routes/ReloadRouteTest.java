package io.github.camelakeeba.routes;

import org.junit.jupiter.api.Test;

@ShippedRoute("reload")
class ReloadRouteTest extends RouteTestSupport {

  @Test
  void nothing_is_reloaded_while_no_file_has_changed() {
    fire("backup-reload-watch");

    assertStory("backup-configuration-files.changed", "backup-reload.settle");
  }

  @Test
  void changed_files_are_taken() {
    bean("backup-configuration-files").answers("changed", true);

    fire("backup-reload-watch");

    assertStory(
        "backup-configuration-files.changed", "backup-reload.takeChange", "backup-reload.settle");
  }
}
