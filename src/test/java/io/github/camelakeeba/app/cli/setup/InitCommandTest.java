package io.github.camelakeeba.app.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.app.cli.Program;
import io.github.camelakeeba.app.cli.SharedClasses;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** init and add-site without a terminal. */
@Tag("slow")
class InitCommandTest {
  private static final String TOKEN = "c2hhMjU2OjQyOjAxMjM0NTY3ODlhYmNkZWY=";

  @TempDir Path folder;
  private final SimulatedServer server = SimulatedServer.start();
  private final GreenMail smtp =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private Path home;
  private Path sites;
  private Path secret;
  private SimulatedSite shop;
  private Program program;

  @BeforeEach
  void prepare() throws Exception {
    home = folder.resolve("a new home");
    sites = home.resolve("config/sites.yaml");
    secret = Files.writeString(folder.resolve("secret.txt"), RunningProduct.SECRET + "\r\n");
    shop = server.joomla("shop").secret(RunningProduct.SECRET).profiles(1, "All", 3, "Database");
    program = new Program(home);
  }

  @AfterEach
  void close() {
    server.close();
    smtp.stop();
  }

  private Program.Ended run(String command, Object... options) {
    List<String> arguments = new ArrayList<>(List.of(command));
    Stream.of(options).map(String::valueOf).forEach(arguments::add);
    Program.Ended ended = program.run(arguments.toArray(String[]::new));
    assertThat(ended.out() + ended.err()).doesNotContain(RunningProduct.SECRET);
    return ended;
  }

  private Program.Ended init(Object... more) {
    return run(
        "init",
        Stream.concat(Stream.of("--url", shop.address(), "--secret-file", secret), Stream.of(more))
            .toArray());
  }

  private List<String> files() throws IOException {
    if (!Files.exists(home)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> home.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void an_empty_folder_has_a_good_configuration_and_a_secret_of_its_own_then() throws Exception {
    Program.Ended init = init();

    assertThat(init.err()).isEmpty();
    assertThat(init.code()).isZero();
    assertThat(init.out())
        .contains("Akeeba Backup for Joomla", "API v2", "The secret works.", "1 All, 3 Database")
        .contains("config/sites.yaml has the site 127.0.0.1.", "backup 127.0.0.1", "serve");
    assertThat(files()).containsExactly("config/secrets/127.0.0.1", "config/sites.yaml");
    assertThat(Files.readString(sites))
        .startsWith("# Which sites are backed up")
        .contains("\n\nsites:\n  \"127.0.0.1\":\n    url: " + shop.address() + "\n")
        .containsPattern("\n    secretFile: config/secrets/127.0.0.1 +# its secret word")
        .contains("    schedule: daily at 02:30\n")
        .doesNotContain(RunningProduct.SECRET);
    assertThat(home.resolve("config/secrets/127.0.0.1")).content().contains(RunningProduct.SECRET);
    assertThat(shop.requests("startBackup")).isEmpty();

    Program.Ended check = run("check");
    assertThat(check.err()).isEmpty();
    assertThat(check.code()).isZero();
    assertThat(run("backup", "127.0.0.1").code()).isZero();
  }

  @Test
  void the_secret_is_its_owners_alone() throws Exception {
    assertThat(init("--name", "shop").code()).isZero();

    assertThat(permissions("config/secrets")).isEqualTo("rwx------");
    assertThat(permissions("config/secrets/shop")).isEqualTo("rw-------");
    assertThat(permissions("config/sites.yaml")).startsWith("rw-r");
  }

  private String permissions(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(path)));
  }

  @Test
  void nobody_else_may_write_what_says_where_secrets_go_even_without_a_mask() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "umask 000; exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(SharedClasses.LIGHT);
    command.addAll(SharedClasses.get().options());
    command.addAll(
        List.of(
            "io.github.camelakeeba.app.cli.BackupApp",
            "init",
            "--home",
            home.toString(),
            "--url",
            shop.address().toString(),
            "--secret-file",
            secret.toString(),
            "--name",
            "shop",
            "--no-test"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertThat(process.waitFor()).isZero();

    assertThat(permissions("config")).isEqualTo("rwxrwxr-x");
    assertThat(permissions("config/sites.yaml")).isEqualTo("rw-rw-r--");
    assertThat(permissions("config/secrets")).isEqualTo("rwx------");
  }

  @Test
  void another_site_is_added_and_the_file_stays_as_it_is_otherwise() throws Exception {
    assertThat(init("--name", "shop").code()).isZero();
    String own =
        Files.readString(sites).replace("sites:\n", "limits: {perHost: 3} # mine\n\nsites:\n")
            + "# the end\n";
    Files.writeString(sites, own);
    SimulatedSite blog = server.wordpress("blog").secret(RunningProduct.SECRET);

    Program.Ended added =
        run(
            "add-site",
            "--url",
            blog.address(),
            "--secret-file",
            secret,
            "--name",
            "blog",
            "--schedule",
            "every monday at 3:00",
            "--profile",
            "1");

    assertThat(added.err()).isEmpty();
    assertThat(added.code()).isZero();
    List<String> before = own.lines().toList();
    List<String> after = new ArrayList<>(Files.readString(sites).lines().toList());
    assertThat(after).containsSubsequence(before);
    after.removeAll(before);
    assertThat(after)
        .hasSize(before.contains("    profile: 1") ? 4 : 5)
        .first()
        .isEqualTo("  blog:");
    assertThat(Files.readString(sites)).contains("    schedule: every monday at 3:00\n");
    assertThat(run("check", "--json").out()).contains("\"shop\"", "\"blog\"");
    assertThat(files()).contains("config/secrets/shop", "config/secrets/blog");
  }

  @Test
  void a_file_with_sites_is_never_overwritten() throws Exception {
    program.sites("sites: {old: {url: \"https://a.example.com\", secret: abcdefgh}} # mine\n");
    String before = Files.readString(sites);

    Program.Ended init = init();

    assertThat(init.code()).isEqualTo(ExitCode.USAGE);
    assertThat(init.errLines())
        .containsExactly(
            "config/sites.yaml is there already, with old; it is not overwritten: add-site adds"
                + " another site");
    assertThat(Files.readString(sites)).isEqualTo(before);
    assertThat(files()).containsExactly("config/sites.yaml");
    assertThat(shop.requests()).isEmpty();
  }

  @Test
  void the_shipped_file_without_a_site_gets_its_first_one() throws Exception {
    program.sites(Files.readString(Path.of("config/sites.yaml")));

    assertThat(init("--name", "shop").code()).isZero();

    assertThat(Files.readString(sites))
        .contains("sites:\n  shop:\n", "#channels:\n")
        .as("the example has done its duty")
        .doesNotContain("#  shop:", "#  blog:", SiteSetup.EXAMPLE_FOLLOWS);
    assertThat(run("check").code()).isZero();
  }

  @Test
  void comments_of_the_user_are_no_example() throws Exception {
    String own = SiteSetup.EXAMPLE.replace("shop.example.com", "shop.example.org");
    program.sites("sites: {}\n" + own);

    assertThat(init("--name", "shop").code()).isZero();

    assertThat(Files.readString(sites)).endsWith(own);
  }

  @Test
  void a_site_that_refuses_the_secret_is_not_written_unless_that_is_wanted() throws Exception {
    shop.secret("quite-another-one");

    Program.Ended refused = init("--name", "shop");
    assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.errLines()).hasSize(2);
    assertThat(refused.err())
        .startsWith("shop: refused-secret: ")
        .contains("nothing was written", "--no-test");
    assertThat(files()).isEmpty();

    assertThat(init("--name", "shop", "--no-test").code()).isZero();
    assertThat(files()).containsExactly("config/secrets/shop", "config/sites.yaml");
  }

  @Test
  void a_token_is_written_as_a_token() throws Exception {
    shop.access().webServices(TOKEN);
    Path token = Files.writeString(folder.resolve("token.txt"), TOKEN);

    Program.Ended init =
        run("init", "--url", shop.address(), "--token-file", token, "--name", "shop");

    assertThat(init.err()).isEmpty();
    assertThat(init.out()).contains("API v3", "The token works.").doesNotContain(TOKEN);
    assertThat(Files.readString(sites)).contains("tokenFile: config/secrets/shop");
    assertThat(Credential.typed(TOKEN).key()).isEqualTo("token");
    assertThat(Credential.typed("c2VjcmV0").key()).isEqualTo("secret");
  }

  @Test
  void a_mail_channel_is_tried_and_written_with_its_rule() throws Exception {
    smtp.start();
    smtp.setUser("backup", "a-password");
    Path password = Files.writeString(folder.resolve("password"), "a-password");
    String server = "smtp://127.0.0.1:" + smtp.getSmtp().getPort();

    Program.Ended init =
        init(
            "--name",
            "shop",
            "--mail",
            "ops@example.com",
            "--smtp",
            server.replace("smtp://", ""),
            "--smtp-user",
            "backup",
            "--smtp-password-file",
            password);

    assertThat(init.err()).isEmpty();
    assertThat(init.code()).isZero();
    assertThat(smtp.getReceivedMessages()).hasSize(1);
    assertThat(smtp.getReceivedMessages()[0].getSubject()).startsWith("[TEST] [completed] shop");
    assertThat(Files.readString(sites))
        .contains("channels:\n  mail:\n    type: mail\n    smtp: " + server + "\n")
        .contains("    passwordFile: config/secrets/mail\n", "    to: ops@example.com\n")
        .contains("notify:\n  - {on: [warning, failed, missed, recovered], to: mail}\n")
        .doesNotContain("a-password");
    assertThat(permissions("config/secrets/mail")).isEqualTo("rw-------");
    assertThat(run("check").code()).isZero();
  }

  @Test
  void a_mail_server_that_is_not_there_leaves_nothing_behind() throws Exception {
    Program.Ended init =
        init("--mail", "ops@example.com", "--smtp", "smtp://127.0.0.1:" + closedPort());

    assertThat(init.code()).isEqualTo(ExitCode.FAILED);
    assertThat(init.err()).startsWith("the mail server was not reached: ");
    assertThat(files()).isEmpty();
  }

  private static int closedPort() throws IOException {
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void the_mails_of_a_further_site_are_of_that_site() throws Exception {
    program.sites(
        """
        sites: {old: {url: "https://a.example.com", secret: abcdefgh}}
        channels: {mail: {type: mail, smtp: "smtp://127.0.0.1:9", from: a@example.com, to: a@example.com}}
        notify: [{on: failed, to: mail}]
        """);

    Program.Ended added =
        run(
            "add-site",
            "--url",
            shop.address(),
            "--secret-file",
            secret,
            "--name",
            "shop",
            "--mail",
            "b@example.com",
            "--smtp",
            "127.0.0.1:9",
            "--no-test");

    assertThat(added.err()).isEmpty();
    assertThat(Files.readString(sites)).contains("\"mail-2\"", "sites: [\"shop\"], to: mail-2}");
  }

  @Test
  void the_address_of_a_site_that_is_there_is_not_added_again() throws Exception {
    program.site("old", shop.url());

    Program.Ended added = run("add-site", "--url", shop.address(), "--secret-file", secret);

    assertThat(added.code()).isEqualTo(ExitCode.USAGE);
    assertThat(added.err()).contains("the address of the site old", "nothing was written");
    assertThat(files()).containsExactly("config/sites.yaml");
    assertThat(
            run("add-site", "--url", "x.example", "--secret-file", secret, "--name", "old").err())
        .contains("there is a site 'old' already");
  }

  @Test
  void sites_of_other_files_count() throws Exception {
    Path part = Files.createDirectories(home.resolve("config/sites.d")).resolve("a.yaml");
    Files.writeString(part, "sites: {old: {url: \"%s\", secret: abcdefgh}}".formatted(shop.url()));

    assertThat(init().err()).startsWith("config/sites.d is there already, with old;");
    assertThat(run("add-site", "--url", shop.address(), "--secret-file", secret).err())
        .contains("the address of the site old");
    SimulatedSite blog = server.wordpress("blog").secret(RunningProduct.SECRET);
    String[] add = {"--url", blog.address().toString(), "--secret-file", secret.toString()};
    assertThat(run("add-site", add[0], add[1], add[2], add[3], "--name", "old").err())
        .contains("there is a site 'old' already");
    assertThat(run("add-site", add[0], add[1], add[2], add[3], "--name", "blog").code()).isZero();
    assertThat(files())
        .containsExactly("config/secrets/blog", "config/sites.d/a.yaml", "config/sites.yaml");
    assertThat(run("check", "--json").out()).contains("\"old\"", "\"blog\"");
  }

  @Test
  void a_configuration_that_is_wrong_is_told_and_not_touched() throws Exception {
    program.sites("sites:\n  old: {url: https://a.example.com, secrt: x}\n");

    Program.Ended added = run("add-site", "--url", shop.address(), "--secret-file", secret);

    assertThat(added.code()).isEqualTo(ExitCode.USAGE);
    assertThat(added.err()).startsWith("config/sites.yaml:2: sites.old").contains("secrt");
    assertThat(files()).containsExactly("config/sites.yaml");
    program.sites("sites: {\n");
    assertThat(run("add-site", "--url", shop.address(), "--secret-file", secret).err())
        .startsWith("config/sites.yaml:");
  }

  @Test
  void a_secret_of_another_kind_at_its_place_is_not_overwritten() throws Exception {
    Path other = home.resolve("config/secrets/shop");
    Files.createDirectories(other.getParent());
    Files.writeString(other, "of-somebody-else");

    assertThat(init("--name", "shop").code()).isZero();

    assertThat(other).hasContent("of-somebody-else");
    assertThat(Files.readString(sites)).contains("secretFile: config/secrets/shop-2");
  }

  @Test
  void a_link_at_the_place_of_a_secret_is_neither_followed_nor_taken_away() throws Exception {
    Path link = home.resolve("config/secrets/shop");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, home.resolve("elsewhere"));

    assertThat(init("--name", "shop").code()).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(home.resolve("elsewhere")).doesNotExist();
    assertThat(Files.readString(sites)).contains("secretFile: config/secrets/shop-2");
  }

  @Test
  void a_secret_that_comes_to_be_there_meanwhile_stays() throws Exception {
    SecretFiles secrets = new SecretFiles(new Home(home));
    secrets.place("blog", new Credential("secret", new Secret("word-of-blog"), null));
    secrets.place("shop", new Credential("secret", new Secret("word-of-shop"), null));
    Path other = home.resolve("config/secrets/shop");
    Files.createDirectories(other.getParent());
    Files.writeString(other, "of-somebody-else");

    assertThatThrownBy(secrets::write)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("shop has come to be there meanwhile; nothing was written");

    assertThat(other).hasContent("of-somebody-else");
    assertThat(other.resolveSibling("blog")).doesNotExist();
  }

  @Test
  void a_secret_that_lies_there_already_is_used_where_it_is() throws Exception {
    Path there = home.resolve("config/secrets/mine");
    Files.createDirectories(there.getParent());
    Files.writeString(there, RunningProduct.SECRET);

    assertThat(
            run("init", "--url", shop.address(), "--secret-file", there, "--name", "shop").code())
        .isZero();

    assertThat(files()).containsExactly("config/secrets/mine", "config/sites.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "init|there is no terminal to ask on: say --url, and --secret-file or --token-file",
        "init --url https://shop.example.com|there is no terminal to ask on",
        "init --url nowhere@x --secret-file SECRET|--url: it must be a site's address",
        "init --url a.example --secret-file SECRET --token-file SECRET|--secret-file and --token-file",
        "init --url a.example --secret-file SECRET --mail a@example.com|--mail and --smtp go together",
        "init --url a.example --secret-file SECRET --from a@example.com|go with --mail and --smtp",
        "init --url a.example --secret-file SECRET --name a/b|--name: a name has letters",
        "init --url a.example --secret-file SECRET --schedule whenever|--schedule: it ",
        "init --url a.example --secret-file missing|missing is not readable: no such file",
        "init --url a.example --secret-file EMPTY|is empty; it must hold the secret",
        "init --url a.example --secret-file TWO|must hold one line",
        "init --url a.example --secret-file SECRET --profile 0 --no-test|profile",
        "add-site --url a.example --secret-file SECRET|there is no config/sites.yaml yet; begin with init",
      })
  void what_is_missing_or_wrong_is_one_sentence_and_2(String line) throws Exception {
    Path empty = Files.writeString(folder.resolve("empty"), " \n");
    Path two = Files.writeString(folder.resolve("two"), "a\nb\n");
    String[] parts = line.split("\\|");
    String[] arguments =
        parts[0]
            .replace("SECRET", secret.toString())
            .replace("EMPTY", empty.toString())
            .replace("TWO", two.toString())
            .split(" ");

    Program.Ended ended = program.run(arguments);

    assertThat(ended.err()).contains(parts[1]);
    assertThat(ended.errLines()).hasSize(1);
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.out()).isEmpty();
    assertThat(files()).isEmpty();
  }
}
