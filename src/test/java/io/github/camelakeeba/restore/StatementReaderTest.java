package io.github.camelakeeba.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {
  private static final int SERVER = 110405;
  private static final int MAX = 1 << 20;

  /** What is sent, in order: the rows of a table in one line. */
  private static List<String> sent(String dump, int chunk, int maxStatement) {
    List<String> sent = new ArrayList<>();
    StatementReader.Target target =
        new StatementReader.Target() {
          private InsertedRows rows;

          @Override
          public void statement(String sql) {
            flush();
            sent.add(sql);
          }

          @Override
          public InsertedRows inserting(InsertHead head) {
            if (rows == null || !rows.head().equals(head)) {
              flush();
              rows =
                  new InsertedRows(
                      head,
                      maxStatement,
                      (to, bytes, length, count) ->
                          sent.add(
                              to.sql()
                                  + new String(bytes, 0, length, StandardCharsets.ISO_8859_1)
                                  + " -- "
                                  + count));
            }
            return rows;
          }

          void flush() {
            if (rows != null) {
              rows.send();
              rows = null;
            }
          }
        };
    StatementReader reader = new StatementReader(SERVER, target);
    byte[] bytes = dump.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length; i += chunk) {
      reader.read(bytes, i, Math.min(chunk, bytes.length - i));
    }
    reader.endOfFile();
    target.statement("end");
    return sent.subList(0, sent.size() - 1);
  }

  private static List<String> sent(String dump) {
    List<String> whole = sent(dump, 1 << 20, MAX);
    for (int chunk : new int[] {1, 2, 7}) {
      assertThat(sent(dump, chunk, MAX)).as("in pieces of %s", chunk).isEqualTo(whole);
    }
    return whole;
  }

  @Test
  void statements_end_where_akeeba_ends_them_and_values_may_hold_whatever_ends_one() {
    assertThat(
            sent(
                """
                /**ABDB**/CREATE TABLE `#__a` (
                  `id` int(11) COMMENT 'a; #__b /* c */ -- d'
                ) ENGINE=InnoDB;
                /**ABDB**/INSERT INTO `#__a`  VALUES\s
                ('1', 'x;\\n/**ABDB**/ #__a', NULL),
                ('2', 'it''s \\'quoted\\' \\\\', -1.5e3);/**ABDB**/
                """))
        .containsExactly(
            "CREATE TABLE `$_a` (\n  `id` int(11) COMMENT 'a; #__b /* c */ -- d'\n) ENGINE=InnoDB",
            "INSERT INTO `$_a` VALUES ('1', 'x;\\n/**ABDB**/ #__a', NULL),('2', 'it''s \\'quoted\\' \\\\', -1.5e3) -- 2");
  }

  @Test
  void the_prefix_is_put_into_names_and_never_into_values() {
    assertThat(
            sent(
                """
                INSERT INTO #__finder VALUES ('#__finder', "#__x");
                CREATE VIEW `#__v` AS select `#__a`.`id` AS `id` from `#__a` where `#__a`.`t` = '#__a';
                CREATE TABLE `b` (CONSTRAINT `#__fk` FOREIGN KEY (`a`) REFERENCES `#__a` (`id`));
                """))
        .containsExactly(
            "INSERT INTO $_finder VALUES ('#__finder', \"#__x\") -- 1",
            "CREATE VIEW `$_v` AS select `$_a`.`id` AS `id` from `$_a` where `$_a`.`t` = '#__a'",
            "CREATE TABLE `b` (CONSTRAINT `$_fk` FOREIGN KEY (`a`) REFERENCES `$_a` (`id`))");
  }

  @Test
  void a_routine_ends_at_akeebas_mark_or_at_its_delimiter() {
    String body =
        "CREATE TRIGGER `t` BEFORE INSERT ON `a` FOR EACH ROW BEGIN SET @a = 1; SET @b = ';'; END";
    assertThat(sent("/**ABDB**/" + body + ";\n/**ABDB**/CREATE TABLE `x` (`a` int);\n"))
        .containsExactly(body, "CREATE TABLE `x` (`a` int)");
    assertThat(sent("/**ABDB**/" + body + ";\n")).containsExactly(body);
    assertThat(sent("DELIMITER $$\n" + body + "$$\nDELIMITER ;\nCREATE TABLE `x` (`a` int);\n"))
        .containsExactly(body, "CREATE TABLE `x` (`a` int)");
  }

  @Test
  void comments_are_dropped_and_the_code_in_executable_ones_is_read_as_code() {
    assertThat(
            sent(
                """
                -- it's a comment
                # another; one
                CREATE /* a ; 'b */ TABLE `x` (`a` int /*!80023 INVISIBLE */) /*!50100 PARTITION BY KEY (`a`) */ /*M!100201 PAGE_CHECKSUM=1 */ /*!999999 x */;
                /*!40000 DROP DATABASE `x` */;
                """))
        .containsExactly(
            "CREATE   TABLE `x` (`a` int  )   PARTITION BY KEY (`a`)     PAGE_CHECKSUM=1",
            "DROP DATABASE `x`");
  }

  @Test
  void rows_are_gathered_to_statements_that_the_server_takes() {
    String dump = "INSERT INTO `a` VALUES ('1');\n".repeat(100);
    assertThat(sent(dump)).hasSize(1).first().asString().endsWith(" -- 100");
    List<String> small = sent(dump, 50, 200);
    assertThat(small).hasSizeGreaterThan(3);
    assertThat(small).allMatch(sql -> sql.indexOf(" -- ") <= 200 && !sql.contains("VALUES ,"));
    assertThat(small.stream().mapToInt(sql -> Integer.parseInt(sql.split(" -- ")[1])).sum())
        .isEqualTo(100);
  }

  @Test
  void a_row_larger_than_a_statement_says_nothing_against_the_dump() {
    assertThatThrownBy(
            () -> sent("INSERT INTO `#__a` VALUES ('" + "x".repeat(500) + "');\n", 50, 300))
        .isInstanceOf(RefusedStatementException.class)
        .hasMessageContaining("A row of the table #__a")
        .matches(e -> ((RefusedStatementException) e).isLegitimate());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO `a` VALUES (LOAD_FILE('/etc/passwd'));",
        "INSERT INTO `a` VALUES ((SELECT 1));",
        "INSERT INTO `a` VALUES ('1') ON DUPLICATE KEY UPDATE `a` = SLEEP(5);",
        "INSERT INTO `a` VALUES ('1'), ('2') RETURNING 1;",
        "INSERT INTO `a` VALUES (@@version);",
        "INSERT INTO `a` VALUES (`b`);",
        "INSERT INTO `a` VALUES (USER);",
        "INSERT INTO `a` VALUES ('1' || '2');",
        "INSERT INTO `a` VALUES (1 2);",
        "INSERT INTO `a` VALUES ('1'),;",
        "INSERT INTO `a` VALUES ();",
        "INSERT INTO `a` VALUES (1,);",
        "REPLACE INTO `a` VALUES (1;",
        "INSERT INTO `a` VALUES (1/0);"
      })
  void what_is_no_row_of_values_is_refused(String dump) {
    assertThatThrownBy(() -> sent(dump + "\n"))
        .isInstanceOf(RefusedStatementException.class)
        .hasMessageContaining("INTO `a`")
        .matches(e -> !((RefusedStatementException) e).isLegitimate());
  }

  @Test
  void all_kinds_of_values_are_taken() {
    assertThat(
            sent(
                "INSERT INTO `a` (`x`, `y`) VALUES (1,-2,.5,1e-3,0xff,NULL,true,x'00ff',X'',b'01',_binary 'x',_utf8mb4'y',N'z',DEFAULT);\n"))
        .containsExactly(
            "INSERT INTO `a` (`x`, `y`) VALUES (1,-2,.5,1e-3,0xff,NULL,true,x'00ff',X'',b'01',_binary 'x',_utf8mb4'y',N'z',DEFAULT) -- 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE `a` (`a` int)",
        "INSERT INTO `a` VALUES ('1",
        "INSERT INTO `a` VALUES ('1')",
        "/* never ends"
      })
  void a_file_that_ends_within_a_statement_is_refused(String dump) {
    assertThatThrownBy(() -> sent(dump))
        .isInstanceOf(RefusedStatementException.class)
        .hasMessageStartingWith("The dump ends within a statement");
  }

  /** Else the server would leave out what was read here, and run what was a value here. */
  @Test
  void what_the_server_takes_for_a_comment_is_never_sent() {
    assertThat(sent("CREATE TABLE a (x int) --\u007f'\n SELECT 1 --\u007f'\n;\n"))
        .containsExactly("CREATE TABLE a (x int)   SELECT 1");
    assertThat(sent("CREATE TABLE a (x int DEFAULT 1--\u00e9\n);\n"))
        .containsExactly("CREATE TABLE a (x int DEFAULT 1--\ufffd\n)");
  }

  /** Some hours of work if each bracket had the whole text looked at again. */
  @Test
  void a_head_that_never_comes_to_its_rows_is_refused_soon() {
    assertThatThrownBy(() -> sent("INSERT INTO " + "(".repeat(8 << 20), 1 << 16, MAX))
        .isInstanceOf(RefusedStatementException.class);
    assertThatThrownBy(() -> sent("INSERT INTO " + "VALUES(".repeat(1 << 20), 1 << 16, MAX))
        .isInstanceOf(RefusedStatementException.class);
  }

  @Test
  void a_long_name_and_many_columns_are_read() {
    String name = "`" + "n".repeat(200_000) + "`";
    String columns = "(" + "`c`, ".repeat(20_000) + "`c`)";
    assertThat(sent("INSERT INTO %s %s VALUES (1);\n".formatted(name, columns), 1 << 16, MAX * 4))
        .containsExactly("INSERT INTO %s %s VALUES (1) -- 1".formatted(name, columns));
  }

  @Test
  void a_statement_is_no_larger_than_the_server_and_our_memory_take() {
    assertThat(RestoreSession.maxStatement(1 << 24, 4L << 30)).isEqualTo((1 << 24) - 1024);
    assertThat(RestoreSession.maxStatement(1 << 30, 4L << 30)).isEqualTo(64 << 20);
    assertThat(RestoreSession.maxStatement(1 << 30, 120 << 20)).isEqualTo(10 << 20);
  }
}
