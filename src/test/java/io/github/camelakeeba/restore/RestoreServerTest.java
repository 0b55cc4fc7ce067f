package io.github.camelakeeba.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.DownloadStream;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.BrokenArchiveException;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.archive.format.Volume;
import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.restore.RestoreResult.Verdict;
import io.github.camelakeeba.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps that want more than a dump may, and servers that can't do what they are asked. */
@Tag("mariadb")
class RestoreServerTest {
  private static MariaDb server;

  @TempDir Path folder;

  @BeforeAll
  static void startServer() throws Exception {
    server = MariaDb.shared();
  }

  @BeforeEach
  void makeWitness() throws Exception {
    server.execute(
        "CREATE OR REPLACE DATABASE witness",
        "CREATE TABLE witness.kept (id int PRIMARY KEY, word varchar(20))",
        "INSERT INTO witness.kept VALUES (1, 'one'), (2, 'two')");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertThat(server.scratchSchemas()).isEmpty();
    server.execute("DROP DATABASE IF EXISTS witness");
  }

  private RestoreResult restored(byte[] dump, RestoreTestSettings settings) throws IOException {
    return restored(dump, settings, MariaDb.LONG);
  }

  private RestoreResult restored(byte[] dump, RestoreTestSettings settings, Duration longest)
      throws IOException {
    Path file = Files.write(folder.resolve("dump.sql"), dump);
    return new RestoreTest(folder.resolve("restore"), longest)
        .run(ArchiveSource.of(file), List.of(), settings, DumpExpectation.NONE, ReadProgress.NONE);
  }

  private RestoreResult restored(String dump, RestoreTestSettings settings) throws IOException {
    return restored(dump.getBytes(StandardCharsets.UTF_8), settings);
  }

  /** Everything that a hostile dump could have changed, or left. */
  private List<String> world() throws Exception {
    return server.query(
        """
        SELECT GROUP_CONCAT(schema_name ORDER BY schema_name) FROM information_schema.schemata
        UNION ALL SELECT GROUP_CONCAT(table_schema, table_name ORDER BY 1) FROM information_schema.tables WHERE table_schema = 'witness'
        UNION ALL SELECT GROUP_CONCAT(id, word ORDER BY id) FROM witness.kept
        UNION ALL SELECT GROUP_CONCAT(user, host ORDER BY 1) FROM mysql.user
        UNION ALL SELECT GROUP_CONCAT(grantee, privilege_type ORDER BY 1) FROM information_schema.user_privileges
        UNION ALL SELECT COUNT(*) FROM information_schema.events
        UNION ALL SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema <> 'sys' AND routine_schema <> 'mysql'
        UNION ALL SELECT CONCAT(@@global.general_log, @@global.sql_mode, @@global.max_connections, @@global.event_scheduler)
        """);
  }

  /** With an account that may do everything, so that nothing but our own check stands between. */
  @Tag("fault")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP DATABASE witness;",
        "DROP DATABASE IF EXISTS `witness`;",
        "/*!40000 DROP DATABASE witness */;",
        "DROP TABLE IF EXISTS witness.kept;",
        "GRANT ALL ON *.* TO evil@'%' IDENTIFIED BY 'x';",
        "CREATE USER evil;",
        "SELECT 1 INTO OUTFILE '/tmp/evil-akeeba';",
        "LOAD DATA INFILE '/etc/passwd' INTO TABLE a;",
        "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE a;",
        "INSERT INTO a VALUES (LOAD_FILE('/etc/passwd'));",
        "INSERT INTO witness.kept VALUES (3, 'evil');",
        "DELETE FROM witness.kept;",
        "USE witness;",
        "SET GLOBAL max_connections = 5;",
        "SET GLOBAL event_scheduler = ON;",
        "CREATE TABLE a (x int); DROP DATABASE witness;",
        "DELIMITER $$\nCREATE TABLE a (x int); DROP DATABASE witness $$",
        "DELIMITER $$\nCREATE PROCEDURE a() SELECT 1; DROP DATABASE witness $$",
        "\\! touch /tmp/evil-akeeba\n;",
        "system touch /tmp/evil-akeeba\n;",
        "source /tmp/evil-akeeba\n;",
        "CALL witness.p();",
        "CREATE TABLE a (x int) ENGINE=FEDERATED CONNECTION='mysql://root@127.0.0.1/witness/kept';",
        "CREATE TABLE a (x text) ENGINE=CONNECT TABLE_TYPE=DOS FILE_NAME='/etc/passwd';",
        "CREATE TABLE a ENGINE=MyISAM DATA DIRECTORY='/tmp' SELECT 1;",
        "CREATE TABLE a SELECT * FROM mysql.user;",
        "CREATE VIEW v AS SELECT * FROM witness.kept;",
        "CREATE TRIGGER t AFTER INSERT ON witness.kept FOR EACH ROW SET @a = 1;",
        "CREATE FUNCTION f RETURNS STRING SONAME 'evil.so';",
        "CREATE TABLE a (x int DEFAULT (SLEEP(600)));",
        "CREATE TABLE a (x int) ENGINE=MyISAM --\u007f'\n DATA DIRECTORY='/tmp' --\u007f'\n;",
        "CREATE TABLE a (x int); CREATE EVENT e ON SCHEDULE EVERY (@`disable` := '2030-01-01') IS NOT NULL SECOND STARTS @comment 'x' DO DELETE FROM witness.kept;",
        "CREATE TABLE a (x int) /*M!100000 SELECT * FROM witness.kept */;",
        "CREATE TABLE a (x int); INSERT INTO a VALUES (1), ((SELECT 1));",
        "CREATE TABLE a (x int); INSERT INTO a VALUES (1) ON DUPLICATE KEY UPDATE x = (SELECT 1);",
        "CREATE TABLE a (x int); INSERT INTO a SELECT 1;",
        "CREATE TABLE a (x int); INSERT INTO a VALUES (_binary (SELECT 1));",
        "SET NAMES gbk; CREATE TABLE a (x text); INSERT INTO a VALUES ('\u00bf\\'); DROP DATABASE witness; -- ');",
        "SET sql_mode = 'NO_BACKSLASH_ESCAPES'; CREATE TABLE a (x text); INSERT INTO a VALUES ('\\'); DROP DATABASE witness; -- ');",
        "CREATE TABLE a (x int) PARTITION BY HASH (x) (PARTITION p DATA DIRECTORY = '/tmp');",
        "CREATE TABLE a (x int) ENGINE=MRG_MYISAM UNION=(b);",
        "CREATE TABLE a (x int, y text AS (LOAD_FILE('/etc/passwd')));",
        "BEGIN NOT ATOMIC DROP DATABASE witness; END;",
        "PREPARE s FROM 'DROP DATABASE witness';",
        "-- \nDROP DATABASE witness;",
        "/* '*/ DROP DATABASE witness; /*'*/",
        "CREATE TABLE a (x int) /*!999999 ' */; DROP DATABASE witness; /* ' */"
      })
  void a_hostile_dump_changes_nothing_outside_of_its_schema(String sql) throws Exception {
    List<String> before = world();
    RestoreResult result = restored(sql + "\n", server.adminSettings());
    assertThat(world()).isEqualTo(before);
    assertThat(Path.of("/tmp/evil-akeeba")).doesNotExist();
    assertThat(result.verdict()).isNotEqualTo(Verdict.PROVED);
    assertThat(result.reason()).doesNotContain("IDENTIFIED BY 'x'").isNotBlank();
  }

  /** A trigger is made when all rows are there; an event is switched off. */
  @Test
  void code_in_a_dump_is_restored_and_never_runs() throws Exception {
    List<String> before = world();
    RestoreResult result =
        restored(
            """
            CREATE TABLE `a` (`x` int);
            DELIMITER $$
            CREATE DEFINER=`nobody`@`%` TRIGGER `t` AFTER INSERT ON `a` FOR EACH ROW BEGIN DELETE FROM witness.kept; END $$
            CREATE DEFINER=`nobody`@`%` FUNCTION `f`() RETURNS int BEGIN DELETE FROM witness.kept; RETURN 1; END $$
            CREATE EVENT `e` ON SCHEDULE EVERY 1 SECOND ENABLE DO DELETE FROM witness.kept $$
            DELIMITER ;
            INSERT INTO `a` VALUES ('1'),('2');
            """,
            server.adminSettings());
    assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
    assertThat(result.rows()).isEqualTo(2);
    assertThat(world()).isEqualTo(before);
  }

  /** The oracle is MariaDB's own client, which a person would use. */
  @Test
  void bytes_arrive_as_the_servers_own_client_would_bring_them() throws Exception {
    Path sample = Path.of("src/test/resources/archives/j-dbonly.sql");
    byte[] dump = Files.readAllBytes(sample);
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    more.writeBytes(dump);
    more.writeBytes(
        "CREATE TABLE `bytes` (`id` int, `b` longblob, `t` longtext CHARACTER SET utf8mb4);\nINSERT INTO `bytes` VALUES ('1','"
            .getBytes(StandardCharsets.UTF_8));
    for (int b = 0; b < 256; b++) {
      switch (b) {
        case 0 -> more.writeBytes("\\0".getBytes(StandardCharsets.UTF_8));
        case '\n' -> more.writeBytes("\\n".getBytes(StandardCharsets.UTF_8));
        case '\'', '\\' -> {
          more.write('\\');
          more.write(b);
        }
        default -> more.write(b);
      }
    }
    more.writeBytes(
        "','😀 ''? {x} \\% \\_ \\Z #__a'),('2',_binary '\u00e9\\'','?'),('3','','');\n"
            .getBytes(StandardCharsets.UTF_8));
    Path file = Files.write(folder.resolve("bytes.sql"), more.toByteArray());
    server.runClient("witness", file);

    String tables = "jos_lab_types, jos_lab_auto, jos_lab_zz, lab_plain, jos_lab_rows, bytes";
    ScratchSchemas schemas = new ScratchSchemas(folder.resolve("restore"));
    try (RestoreSession session = RestoreSession.open(server.address(), MariaDb.LONG)) {
      ScratchSchema schema = schemas.create(server.address(), session.connection);
      try {
        DatabaseLoader loader =
            new DatabaseLoader(session, schema, new StatementGate(Set.of("other")));
        loader.use();
        loader.read(more.toByteArray(), 0, more.size());
        loader.endOfFile();
        List<String> ours =
            session.query("CHECKSUM TABLE " + tables).stream().map(row -> row.get(1)).toList();
        List<String> clients =
            server.query("CHECKSUM TABLE " + "witness." + tables.replace(" ", " witness.")).stream()
                .filter(value -> !value.contains("."))
                .toList();
        assertThat(ours).hasSize(6).doesNotContainNull().isEqualTo(clients);
        assertThat(session.query("SELECT HEX(b) FROM bytes WHERE id = 1").get(0).get(0))
            .hasSize(512)
            .startsWith("000102")
            .endsWith("FDFEFF");
      } finally {
        schema.drop(session.connection);
      }
    }
  }

  /** Straight from the site: the download looks at the first bytes before the reader does. */
  @Test
  @Tag("fault")
  void an_archive_that_a_download_finds_broken_is_unproved_and_one_that_breaks_off_untested() {
    RestoreResult broken =
        failing(new BrokenArchiveException("The file site.zip begins with zeros."));
    assertThat(broken.reason())
        .isEqualTo("The archive is broken. The file site.zip begins with zeros.");
    assertThat(broken.verdict()).isEqualTo(Verdict.UNPROVED);

    RestoreResult away = failing(new AkeebaException(ErrorKind.UNREACHABLE, "The site is away."));
    assertThat(away.reason()).isEqualTo("The site is away.");
    assertThat(away.verdict()).isEqualTo(Verdict.UNTESTED);
  }

  private RestoreResult failing(AkeebaException why) {
    Volume volume =
        new Volume() {
          @Override
          public String name() {
            return "site.zip";
          }

          @Override
          public long size() {
            return 1_000;
          }

          @Override
          public InputStream open() {
            DownloadStream stream = new DownloadStream();
            stream.end(why);
            return stream;
          }
        };
    return new RestoreTest(folder.resolve("restore"), MariaDb.LONG)
        .run(
            ArchiveSource.of("site.zip", List.of(volume)),
            List.of(),
            server.settings(),
            DumpExpectation.NONE,
            ReadProgress.NONE);
  }

  @Tag("fault")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE `#__a` (`x` text COLLATE utf8mb4_unheard_of_ci);           | Unknown collation
          CREATE TABLE `#__a` (`x` text CHARACTER SET unheard_of);                | Unknown character set
          CREATE TABLE `#__a` (`x` int) ENGINE=RocksDB;                           | Unknown storage engine
          """)
  void what_this_server_can_not_do_says_nothing_against_the_archive(String sql, String reason)
      throws Exception {
    RestoreResult result = restored(sql + "\n", server.settings());
    assertThat(result.reason()).contains(reason).contains("#__a").doesNotContain("$_");
    assertThat(result.verdict()).isEqualTo(Verdict.UNTESTED);
  }

  @Tag("fault")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE `#__a` (`x` int PRIMARY KEY);\\nINSERT INTO `#__a` VALUES (7),(7); | Duplicate entry '7'
          CREATE TABLE `#__a` (`x` int);\\nCREATE TABLE `#__a` (`x` int);                | 1050
          INSERT INTO `#__a` VALUES (1);                                                 | 1146
          CREATE TABLE `#__a` (`x` int);\\nINSERT INTO `#__a` VALUES (1, 2);             | 1136
          CREATE TABLE `#__a` (`x` int;                                                  | 1064
          CREATE TABLE `#__a` `x` int);                                                  | 1064
          CREATE VIEW `#__v` AS select `gone`.`x` AS `x` from `gone`;                    | 1146
          """)
  void a_statement_that_fails_makes_it_unproved(String sql, String reason) throws Exception {
    RestoreResult result = restored(sql.replace("\\n", "\n") + "\n", server.settings());
    assertThat(result.reason()).contains(reason).contains("#__").doesNotContain("$_");
    assertThat(result.verdict()).isEqualTo(Verdict.UNPROVED);
  }

  @Tag("fault")
  @Test
  void what_the_server_says_of_a_row_does_not_show_what_is_in_it() throws Exception {
    RestoreResult result =
        restored(
            "CREATE TABLE `#__a` (`token` varchar(40), UNIQUE KEY `t` (`token`));\nINSERT INTO `#__a` VALUES ('4f3a9c2e'),('4f3a9c2e');\n",
            server.settings());
    assertThat(result.verdict()).isEqualTo(Verdict.UNPROVED);
    assertThat(result.reason()).contains("Duplicate entry '…' for key 't'");
  }

  @Tag("fault")
  @Test
  void a_server_that_is_not_there_or_lets_us_not_in_says_nothing_against_the_archive()
      throws Exception {
    RestoreTestSettings right = server.settings();
    Secret wrong = new Secret("not-the-password-4711");
    RestoreResult refused =
        restored(
            "CREATE TABLE a (x int);\n",
            new RestoreTestSettings(null, right.database(), right.user(), wrong));
    assertThat(refused.verdict()).isEqualTo(Verdict.UNTESTED);
    assertThat(refused.reason()).contains("Access denied").doesNotContain(wrong.reveal());

    Secret away =
        Secret.address(
            "jdbc:mariadb://127.0.0.1:%s/?user=u&password=in-the-url-4711".formatted(Ports.free()));
    RestoreResult unreachable =
        restored("CREATE TABLE a (x int);\n", new RestoreTestSettings(null, away, null, null));
    assertThat(unreachable.verdict()).isEqualTo(Verdict.UNTESTED);
    assertThat(unreachable.reason())
        .contains("database server")
        .doesNotContain("in-the-url-4711")
        .doesNotContain("jdbc:");
  }

  @Test
  void a_url_can_not_switch_on_what_is_off() throws Exception {
    RestoreTestSettings admin = server.adminSettings();
    Secret url =
        Secret.address(
            admin.database().reveal()
                + "?allowMultiQueries=true&allowLocalInfile=true&createDatabaseIfNotExist=true");
    try (RestoreSession session =
        RestoreSession.open(new ServerAddress(url, admin.user(), admin.password()), MariaDb.LONG)) {
      assertThat(catchThrowable(() -> session.execute("SELECT 1; DROP DATABASE witness")))
          .hasMessageContaining("SQL syntax");
    }
    assertThat(server.query("SHOW DATABASES LIKE 'witness'")).hasSize(1);
  }

  @Test
  void a_test_that_takes_too_long_says_nothing_against_the_archive() throws Exception {
    RestoreResult result =
        restored(
            "CREATE TABLE a (x int);\n".getBytes(StandardCharsets.UTF_8),
            server.settings(),
            Duration.ofMillis(1));
    assertThat(result.verdict()).isEqualTo(Verdict.UNTESTED);
    assertThat(result.reason()).contains("took too long");
  }

  @Test
  void an_account_with_too_few_rights_says_nothing_against_the_archive() throws Exception {
    server.execute("CREATE OR REPLACE USER poor@'127.0.0.1' IDENTIFIED BY 'poor-password'");
    RestoreResult result =
        restored(
            "CREATE TABLE a (x int);\n",
            new RestoreTestSettings(
                null, server.settings().database(), "poor", new Secret("poor-password")));
    assertThat(result.verdict()).isEqualTo(Verdict.UNTESTED);
    assertThat(result.reason()).contains("Access denied");
    server.execute("DROP USER poor@'127.0.0.1'");
  }
}
