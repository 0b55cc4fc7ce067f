package io.github.camelakeeba.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.restore.DumpStatement.Action;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementGateTest {
  private final StatementGate gate = new StatementGate(Set.of("shop"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE `a` (`id` int(11) NOT NULL AUTO_INCREMENT, `x` decimal(8,2) DEFAULT 0.50, PRIMARY KEY (`id`), CONSTRAINT `f` FOREIGN KEY (`x`) REFERENCES `b` (`id`) ON DELETE CASCADE) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COMMENT='select; into outfile'",
        "CREATE TABLE IF NOT EXISTS a (b json CHECK (json_valid(`b`) and `c` like 'x%')) ENGINE='MyISAM'",
        "CREATE TABLE `sleep` (`select` int, `load_file` int, KEY `load_file` (`load_file`), `engine` text)",
        "CREATE TABLE `a` (`d` date) PARTITION BY RANGE (year(`d`)) (PARTITION p0 VALUES LESS THAN (2020) ENGINE = InnoDB)",
        "CREATE ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW `v` AS select `a`.`id` AS `id` from (`a` join `b` on(`a`.`id` = `b`.`id`)) where `a`.`x` > 1.5",
        "CREATE OR REPLACE VIEW v AS select 1 AS `1`",
        "DROP TABLE IF EXISTS `a`",
        "drop view if exists a",
        "ALTER TABLE `a` ADD CONSTRAINT `f` FOREIGN KEY (`x`) REFERENCES `b` (`id`)",
        "ALTER TABLE `a` DISABLE KEYS",
        "SET NAMES utf8mb4",
        "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', FOREIGN_KEY_CHECKS=0",
        "SET @OLD_SQL_MODE = @@SQL_MODE",
        "CREATE DEFINER=`root`@`localhost` TRIGGER `t` AFTER INSERT ON `a` FOR EACH ROW BEGIN UPDATE b SET c = 1; END",
        "CREATE PROCEDURE `p`() BEGIN SELECT 1; END",
        "CREATE DEFINER=root@localhost FUNCTION `f`(x int) RETURNS int DETERMINISTIC RETURN x + 1"
      })
  void what_a_dump_needs_is_run(String sql) {
    assertThat(gate.check(sql)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP DATABASE `shop`",
        "DROP SCHEMA IF EXISTS shop",
        "DROP TABLE `a`",
        "DROP TABLE IF EXISTS `shop`.`a`",
        "DROP TABLE IF EXISTS a, shop.b",
        "DROP USER IF EXISTS root",
        "CREATE DATABASE x",
        "CREATE USER x IDENTIFIED BY 'pw'",
        "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'x')",
        "CREATE TEMPORARY TABLE a (b int)",
        "CREATE TABLE shop.a (b int)",
        "CREATE TABLE `shop` . `a` (b int)",
        "CREATE TABLE a SELECT * FROM mysql.user",
        "CREATE TABLE a AS (SELECT 1)",
        "CREATE TABLE a LIKE b",
        "CREATE TABLE a (LIKE shop.b)",
        "CREATE TABLE a (b text DEFAULT (load_file('/etc/passwd')))",
        "CREATE TABLE a (b text DEFAULT (`load_file`('/etc/passwd')))",
        "CREATE TABLE a (b int DEFAULT (sleep(1000)))",
        "CREATE TABLE a (b int); DROP DATABASE shop",
        "CREATE VIEW v AS select load_file('/etc/passwd')",
        "CREATE VIEW v AS select 1 into outfile '/tmp/x'",
        "CREATE VIEW shop.v AS select 1",
        "CREATE FUNCTION f RETURNS STRING SONAME 'evil.so'",
        "CREATE TRIGGER t AFTER INSERT ON shop.a FOR EACH ROW SET @a = 1",
        "CREATE TRIGGER shop.t AFTER INSERT ON a FOR EACH ROW SET @a = 1",
        "CREATE PROCEDURE shop.p() SELECT 1",
        "CREATE INDEX i ON shop.a (b)",
        "ALTER DATABASE shop CHARACTER SET latin1",
        "ALTER TABLE shop.a ADD b int",
        "ALTER TABLE a RENAME TO shop.a",
        "ALTER TABLE a ADD b int, RENAME TO x",
        "ALTER USER root IDENTIFIED BY 'x'",
        "GRANT ALL ON *.* TO x@'%' IDENTIFIED BY 'secret-pw' WITH GRANT OPTION",
        "REVOKE ALL ON *.* FROM root",
        "SET GLOBAL general_log = 1",
        "SET @@global.general_log = 1",
        "SET sql_mode = '', GLOBAL general_log_file = '/tmp/x'",
        "SET PASSWORD = PASSWORD('x')",
        "SET ROLE admin",
        "SET @a = (SELECT 1 FROM mysql.user)",
        "LOAD DATA INFILE '/etc/passwd' INTO TABLE a",
        "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE a",
        "SELECT 1 INTO OUTFILE '/tmp/x'",
        "INSERT INTO a SELECT * FROM mysql.user",
        "INSERT INTO shop.a VALUES (1)",
        "INSERT INTO `shop`.`a` VALUES (1)",
        "UPDATE shop.a SET b = 1",
        "DELETE FROM a",
        "TRUNCATE TABLE shop.a",
        "RENAME TABLE a TO shop.a",
        "USE shop",
        "CALL shop.p()",
        "EXECUTE IMMEDIATE 'DROP DATABASE shop'",
        "PREPARE s FROM 'DROP DATABASE shop'",
        "DO SLEEP(1000)",
        "SHUTDOWN",
        "KILL 1",
        "INSTALL PLUGIN x SONAME 'x.so'",
        "FLUSH TABLES WITH READ LOCK",
        "LOCK TABLES a WRITE",
        "HANDLER shop.a OPEN",
        "\\! rm -rf /",
        "source /etc/passwd",
        "system id",
        "BEGIN NOT ATOMIC DROP DATABASE shop; END",
        "(SELECT 1)",
        "garbage"
      })
  void what_no_dump_needs_is_refused(String sql) {
    assertThatThrownBy(() -> gate.check(sql))
        .isInstanceOf(RefusedStatementException.class)
        .hasMessageContaining("that no dump needs")
        .hasMessageNotContaining("secret-pw")
        .matches(e -> !((RefusedStatementException) e).isLegitimate());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE a (b int) ENGINE=FEDERATED CONNECTION='mysql://x'",
        "CREATE TABLE a (b int) ENGINE=CONNECT TABLE_TYPE=CSV FILE_NAME='/etc/passwd'",
        "CREATE TABLE a (b int) ENGINE 'SPIDER'",
        "CREATE TABLE a (b int) ENGINE = `MRG_MyISAM`",
        "CREATE TABLE a (b int) ENGINE=InnoDB DATA DIRECTORY='/tmp'",
        "CREATE TABLE a (b int REFERENCES shop.c (d))",
        "CREATE TABLE a (b int DEFAULT nextval(`shop`.`s`))",
        "CREATE SEQUENCE s",
        "SET sql_mode = 'NO_BACKSLASH_ESCAPES'",
        "SET @a = 1, SESSION sql_mode = 'STRICT_ALL_TABLES,ANSI_QUOTES'",
        "SET NAMES gbk",
        "SET character_set_client = 'sjis'",
        "CREATE VIEW v AS select `x`.`a` from `shop`.`x`",
        "CREATE VIEW v AS select `shop`.`x`.`a` from `x`",
        "CREATE VIEW v AS select `User` from mysql.user"
      })
  void what_a_sound_dump_may_hold_but_is_not_restored_here_says_nothing_against_it(String sql) {
    assertThatThrownBy(() -> gate.check(sql))
        .isInstanceOf(RefusedStatementException.class)
        .matches(e -> ((RefusedStatementException) e).isLegitimate());
  }

  @Test
  void code_of_the_dump_belongs_to_our_account_and_never_runs() {
    DumpStatement event =
        gate.check(
            "CREATE DEFINER=`root`@`%` EVENT `e` ON SCHEDULE EVERY 1 SECOND ON COMPLETION NOT PRESERVE ENABLE COMMENT 'x' DO DELETE FROM a");
    assertThat(event.action()).isEqualTo(Action.CREATE_CODE);
    assertThat(event.sql())
        .isEqualTo(
            "CREATE EVENT `e` ON SCHEDULE EVERY 1 SECOND ON COMPLETION NOT PRESERVE  DISABLE COMMENT 'x' DO DELETE FROM a");
    assertThat(
            gate.check("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE ON SLAVE DO SET @a = 1")
                .sql())
        .isEqualTo("CREATE EVENT e ON SCHEDULE EVERY 1 DAY  DISABLE DO SET @a = 1");
    assertThat(
            gate.check(
                    "CREATE DEFINER=CURRENT_USER() TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @a = 1")
                .sql())
        .isEqualTo("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @a = 1");
  }

  @Test
  void settings_of_the_dump_are_not_sent() {
    assertThat(gate.check("SET sql_mode = 'STRICT_ALL_TABLES'").action()).isEqualTo(Action.IGNORED);
  }

  /** What is put in to switch it off must not become a part of something else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE EVENT e ON SCHEDULE EVERY (@`disable` := '2030-01-01') IS NOT NULL SECOND STARTS @comment 'x' DO DELETE FROM a",
        "CREATE EVENT e ON SCHEDULE EVERY 1 SECOND STARTS (SELECT x.comment) DO DELETE FROM a",
        "CREATE EVENT e ON SCHEDULE AT `disable` DO DELETE FROM a",
        "CREATE EVENT e ON SCHEDULE EVERY 1 SECOND"
      })
  void an_event_is_run_as_the_server_writes_it_or_refused(String sql) {
    assertThatThrownBy(() -> gate.check(sql)).isInstanceOf(RefusedStatementException.class);
  }

  @Test
  void a_statement_of_more_words_than_any_dump_has_is_not_held() {
    assertThatThrownBy(() -> gate.check("CREATE TABLE a " + "(".repeat(1 << 20)))
        .isInstanceOf(RefusedStatementException.class)
        .matches(e -> ((RefusedStatementException) e).isLegitimate());
  }
}
