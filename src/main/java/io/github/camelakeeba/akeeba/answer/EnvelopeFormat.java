package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.databind.node.NullNode;
import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.Call;
import org.apache.camel.Exchange;
import org.apache.camel.component.jackson.JacksonDataFormat;

/**
 * The data format {@code akeeba-json}: camel-jackson for the {@link Envelope} of a response, as
 * strict as an answer is read, and without PHP's noise. The mapper is bound by no name of its own:
 * Camel would take it for the host's.
 */
public final class EnvelopeFormat extends JacksonDataFormat {
  private static final Envelope WITHOUT_DATA = new Envelope("200", NullNode.getInstance());

  public EnvelopeFormat() {
    super(StrictJson.mapper(), Envelope.class);
  }

  /**
   * The envelope of the response that is the body, without data where the call's sink has received
   * the file. Throws {@link AkeebaException} when there is none.
   */
  @Override
  public Object unmarshal(Exchange exchange, Object body) {
    Call call = exchange.getVariable("akeeba-call", Call.class);
    return call.streamed() && call.sink().received()
        ? WITHOUT_DATA
        : envelope((AkeebaResponse) body);
  }

  static Envelope envelope(AkeebaResponse answer) {
    ResponseBody body = ResponseBody.of(answer.body());
    boolean delivered = answer.httpStatus() >= 200 && answer.httpStatus() < 300;
    Envelope envelope = body.envelope();
    if (envelope != null && (delivered || !envelope.success())) {
      return envelope;
    }
    throw delivered ? NonApiResponse.of(answer, body) : HttpErrorMapper.of(answer, body);
  }
}
