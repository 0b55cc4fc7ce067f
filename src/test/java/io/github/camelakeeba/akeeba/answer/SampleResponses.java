package io.github.camelakeeba.akeeba.answer;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Answers as tests write them. */
public final class SampleResponses {
  static final String STEP =
      """
      {"status":200,"data":{"HasRun":true,"Domain":"Packing","Step":"/srv/site/images","Substep":"",\
      "Error":"","Warnings":[],"ErrorException":null,"Archive":"site-1.jpa","tag":"json",\
      "Progress":62,"backupid":"id-20261122-201556-824357","sleepTime":1500,"stepNumber":9,\
      "stepState":"running","BackupID":4,"Profile":2}}""";

  private SampleResponses() {}

  static AkeebaResponse json(String method, String body) {
    return http(method, 200, body);
  }

  static AkeebaResponse http(String method, int status, String body) {
    return new AkeebaResponse(method, status, null, null, body.getBytes(StandardCharsets.UTF_8));
  }

  /** A step answer of which one member has another value, written as JSON; null takes it out. */
  static AkeebaResponse step(String member, String value) {
    String written = value == null ? "\"without\":0" : "\"" + member + "\":" + value;
    return json(
        "stepBackup",
        STEP.replaceAll(
            "\"" + member + "\":(\"[^\"]*\"|\\[]|[\\w]+)",
            java.util.regex.Matcher.quoteReplacement(written)));
  }

  public static AkeebaException refusal(ThrowingCallable call) {
    return catchThrowableOfType(AkeebaException.class, call);
  }
}
