package io.github.camelakeeba.app.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.app.cli.Program;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What init and add-site ask on a terminal, with somebody who answers. */
@Tag("slow")
class SiteInterviewTest {
  @TempDir Path home;
  private final SimulatedServer server = SimulatedServer.start();
  private final GreenMail smtp =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private SimulatedSite shop;

  /** Answers in their order, and keeps what was asked and shown. */
  private static final class Script implements Prompt {
    private final Deque<String> answers;
    private final StringBuilder seen = new StringBuilder();

    Script(String... answers) {
      this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public String ask(String question) {
      seen.append(question).append('\n');
      if (answers.isEmpty()) {
        throw new CancellationException("no more answers");
      }
      return answers.remove();
    }

    @Override
    public String askHidden(String question) {
      return ask(question + "HIDDEN");
    }

    @Override
    public void say(String line) {
      seen.append(line).append('\n');
    }
  }

  @BeforeEach
  void prepare() {
    shop = server.joomla("shop").secret(RunningProduct.SECRET).profiles(1, "All", 3, "Database");
  }

  @AfterEach
  void close() {
    server.close();
    smtp.stop();
  }

  private static SiteDraft nothing() {
    return new SiteDraft(null, null, null, null, null, null);
  }

  private SiteDraft ask(Script script, SiteDraft given) throws Exception {
    SiteDraft draft = new SiteInterview(script, SiteSetup.first(new Home(home))).ask(given, true);
    assertThat(script.answers).isEmpty();
    assertThat(script.seen).asString().doesNotContain(RunningProduct.SECRET);
    return draft;
  }

  @Test
  void address_and_secret_are_tried_and_the_rest_is_proposed() throws Exception {
    Script script = new Script(shop.address().toString(), RunningProduct.SECRET, "", "", "", "");

    SiteDraft draft = ask(script, nothing());

    assertThat(script.seen)
        .asString()
        .contains("Akeeba Backup for Joomla", "The secret works. Profiles: 1 All, 3 Database.")
        .contains("not shown): HIDDEN", "Which profile [1]", "[127.0.0.1]", "[daily at 02:30]")
        .contains("at 02:30 every day");
    assertThat(draft.name()).isEqualTo("127.0.0.1");
    assertThat(draft.schedule()).isEqualTo("daily at 02:30");
    assertThat(draft.credential().key()).isEqualTo("secret");
    assertThat(draft.profile()).isNull();
    assertThat(draft.mail()).isNull();
    assertThat(shop.requests("startBackup")).isEmpty();
  }

  @Test
  void what_is_wrong_is_said_and_asked_again() throws Exception {
    Script script =
        new Script(
            "nobody@nowhere",
            shop.address() + "not-there/",
            "",
            "a-wrong-one",
            "x",
            "address",
            shop.address().toString(),
            "s",
            RunningProduct.SECRET,
            "9",
            "3",
            "a b",
            "shop",
            "now and then",
            "none",
            "");

    SiteDraft draft = ask(script, nothing());

    assertThat(script.seen)
        .asString()
        .contains("It must be a site's address", "It is empty", "  not-found: ")
        .contains("  refused-secret: ", "  One of: 1, 3", "That is no name", "  It is not");
    assertThat(draft.url()).isEqualTo(shop.address().toString());
    assertThat(draft.profile()).isEqualTo(3);
    assertThat(draft.name()).isEqualTo("shop");
    assertThat(draft.schedule()).isEqualTo("none");
  }

  @Test
  void one_may_go_on_all_the_same_or_leave() throws Exception {
    shop.secret("quite-another-one");
    SiteDraft given =
        nothing()
            .withUrl(shop.address().toString())
            .withCredential(Credential.typed(RunningProduct.SECRET));

    assertThat(ask(new Script("t", "g", "shop", "", ""), given).name()).isEqualTo("shop");
    assertThatThrownBy(() -> ask(new Script("q"), given)).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> ask(new Script(), given)).isInstanceOf(CancellationException.class);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void a_mail_channel_is_offered_and_a_test_is_sent() throws Exception {
    smtp.start();
    smtp.setUser("backup", "a-password");
    String server = "127.0.0.1:" + smtp.getSmtp().getPort();
    SiteDraft given =
        nothing()
            .withUrl(shop.address().toString())
            .withCredential(Credential.typed(RunningProduct.SECRET))
            .withProfile(1)
            .withName("shop")
            .withSchedule("none");
    Script script =
        new Script(
            "no address", server, "", "a", "ops@example.com", server, "backup", "a-password");

    SiteDraft draft = ask(script, given);

    assertThat(script.seen)
        .asString()
        .contains("is not a mail address", "Sending a test mail to ops@example.com")
        .contains("The mail server has taken it.")
        .doesNotContain("a-password");
    assertThat(smtp.getReceivedMessages()).hasSize(1);
    assertThat(draft.mail().username()).isEqualTo("backup");
    assertThat(draft.mail().smtp()).isEqualTo("smtp://" + server);
  }

  @Test
  void where_a_channel_is_there_no_other_is_offered() throws Exception {
    new Program(home)
        .site("old", shop.url())
        .more("channels: {ping: {type: healthchecks, url: \"http://127.0.0.1:9/\"}}\n");
    SimulatedSite blog = server.wordpress("blog").secret(RunningProduct.SECRET);
    SiteSetup setup = SiteSetup.another(new Home(home));
    Script script =
        new Script(
            shop.address().toString(),
            RunningProduct.SECRET,
            "a",
            blog.address().toString(),
            "old",
            "blog",
            "none");

    SiteDraft draft = new SiteInterview(script, setup).ask(nothing(), true);

    assertThat(script.seen)
        .asString()
        .contains("the address of the site old", "There is a site of this name already.");
    assertThat(draft.mail()).isNull();
  }
}
