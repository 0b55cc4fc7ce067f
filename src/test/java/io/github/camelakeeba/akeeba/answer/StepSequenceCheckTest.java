package io.github.camelakeeba.akeeba.answer;

import static io.github.camelakeeba.akeeba.answer.SampleResponses.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.StepAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepSequenceCheckTest {
  private static final String ID = "id-20261122-201556-824357";
  private final StepSequenceCheck order = new StepSequenceCheck();

  private static StepAnswer answer(boolean hasRun, String error, String backupid, Integer number) {
    return new StepAnswer(
        hasRun, "", "", "", error, List.of(), "", 0, backupid, null, 0, number, "", null);
  }

  private ErrorKind refused(String known, int last, StepAnswer answer) {
    return refusal(() -> order.check(known, last, answer)).kind();
  }

  private void accepted(String known, int last, StepAnswer answer) {
    assertThatCode(() -> order.check(known, last, answer)).doesNotThrowAnyException();
  }

  @Test
  void the_first_answer_brings_the_backupid() {
    accepted(null, 0, answer(true, "", ID, 2));
    accepted(null, 0, answer(false, "", null, 2));
  }

  @Test
  void a_start_without_a_usable_backupid_is_out_of_order() {
    assertThat(refused(null, 0, answer(true, "", null, 2))).isEqualTo(ErrorKind.OUT_OF_ORDER);
    assertThat(refused(null, 0, answer(true, "", "", 2))).isEqualTo(ErrorKind.OUT_OF_ORDER);
    assertThat(refused(null, 0, answer(false, "", "x".repeat(65), 2)))
        .isEqualTo(ErrorKind.OUT_OF_ORDER);
  }

  @Test
  void the_number_rises_and_the_backupid_stays_or_is_absent() {
    accepted(ID, 8, answer(true, "", ID, 9));
    accepted(ID, 8, answer(true, "", null, 9));
    accepted(ID, 8, answer(true, "", ID, 10));
  }

  @Test
  void a_number_that_is_absent_is_tolerated() {
    accepted(ID, 8, answer(true, "", ID, null));
  }

  @Test
  void the_number_may_repeat_in_the_last_answer_only() {
    accepted(ID, 9, answer(false, "", ID, 9));
    assertThat(refused(ID, 9, answer(true, "", ID, 9))).isEqualTo(ErrorKind.OUT_OF_ORDER);
  }

  @Test
  void a_number_that_goes_back_is_always_out_of_order() {
    assertThat(refused(ID, 9, answer(true, "", ID, 8))).isEqualTo(ErrorKind.OUT_OF_ORDER);
    assertThat(refused(ID, 9, answer(false, "", ID, 8))).isEqualTo(ErrorKind.OUT_OF_ORDER);
  }

  @Test
  void an_empty_or_another_backupid_means_that_the_backup_was_restarted() {
    assertThat(refused(ID, 8, answer(true, "", "", 1))).isEqualTo(ErrorKind.RESTARTED_ON_SERVER);
    assertThat(refused(ID, 8, answer(false, "", "id-2", 9)))
        .isEqualTo(ErrorKind.RESTARTED_ON_SERVER);
  }

  @Test
  void an_error_fails_the_backup_whatever_HasRun_says() {
    assertThat(refused(ID, 8, answer(true, "Full", ID, 9))).isEqualTo(ErrorKind.BACKUP_ERROR);
    assertThat(refused(ID, 8, answer(false, "Full", ID, 9))).isEqualTo(ErrorKind.BACKUP_ERROR);
  }
}
