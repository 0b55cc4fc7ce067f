package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.CallResult;
import io.github.camelakeeba.exchange.ExchangeValue;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunPhase;

/** What the routes of a step ask of their exchange; what is asked less often stands in Simple. */
public final class RouteValues {
  /** Whether the run in the body goes on before its archive can be verified. */
  public static final ExchangeValue RUNNING = ExchangeValue.ofBody(Run.class, Run::running);

  /** Whether the next call of the run in the body is a step. */
  public static final ExchangeValue STEPPING =
      ExchangeValue.ofBody(Run.class, run -> run.phase() == RunPhase.STEP);

  /** Whether the call is still to be sent, as at first, and after a redirect. */
  public static final ExchangeValue UNANSWERED =
      ExchangeValue.ofVariable("akeeba-sent", CallResult.class, CallResult::unanswered);

  /** Where the next call goes: a redirect need not be followed again. */
  public static final ExchangeValue NEXT_ENDPOINT =
      ExchangeValue.ofVariable("akeeba-call", Call.class, Call::next);

  /** The site's clock at its answer. */
  public static final ExchangeValue SITE_CLOCK =
      ExchangeValue.ofVariable("akeeba-sent", AkeebaResponse.class, AkeebaResponse::date);

  private RouteValues() {}
}
