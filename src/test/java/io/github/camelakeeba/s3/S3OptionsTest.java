package io.github.camelakeeba.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelakeeba.secret.UntrustedText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3OptionsTest {
  private static final int MIB = 1024 * 1024;

  @TempDir Path folder;

  private static S3Endpoint endpoint(String uri) throws Exception {
    try (CamelContext camel = new DefaultCamelContext()) {
      return camel.getEndpoint(uri, S3Endpoint.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3://?region=x | the bucket is missing",
        "s3://vault?secretkye=hush | s3 has no option secretkye",
        "s3://vault?accessKey=a | accessKey and secretKey",
        "s3://vault?accessKey=a&secretKey=hush&secretKeyFile=b | not both",
        "s3://vault?endpoint=s3.example.com | endpoint must be the server's address",
        "s3://vault?partSize=4 | from 5 to 5120",
        "s3://vault?encryption=rot13 | AES256 or aws:kms",
        "s3://vault?pathStyle=maybe | true or false",
      })
  void a_wrong_option_is_one_sentence_without_its_value(String uri, String sentence) {
    assertThat(UntrustedText.rootCause(catchThrowable(() -> endpoint(uri))))
        .contains(sentence)
        .doesNotContain("hush");
  }

  @Test
  void what_is_right_makes_an_endpoint_that_shows_no_key() throws Exception {
    assertThat(endpoint("s3://vault/a?region=eu-central-1&accessKey=AK7&secretKey=RAW(hu/s+h)"))
        .hasToString("s3://vault/a?accessKey=xxxxxx&region=eu-central-1&secretKey=xxxxxx");
    S3Options options = S3Options.take("vault/a/b/", new java.util.HashMap<>(Map.of()));
    assertThat(options.bucket() + " " + options.prefix()).isEqualTo("vault a/b/");
    assertThat(options.account().pathStyle()).isFalse();
  }

  @Test
  void without_the_kit_the_error_names_it() throws Exception {
    try (CamelContext camel = new DefaultCamelContext()) {
      camel.setClassResolver(
          new DefaultClassResolver(camel) {
            @Override
            public Class<?> resolveClass(String name) {
              return name.startsWith("software.amazon.") ? null : super.resolveClass(name);
            }
          });
      assertThatThrownBy(() -> camel.getEndpoint("s3://vault/a"))
          .rootCause()
          .hasMessageContaining("the client of S3 is missing")
          .hasMessageContaining("(all are in the kit s3)");
    }
  }

  @Test
  void a_file_has_at_least_one_part_and_each_is_read_alone() throws Exception {
    Path file = Files.write(folder.resolve("a"), new byte[2 * MIB + 1]);

    Content content = Content.of(file, MIB);

    assertThat(content.parts())
        .extracting(Content.Part::size)
        .containsExactly((long) MIB, (long) MIB, 1L);
    assertThat(content.etag()).endsWith("-3");
    assertThat(content.open(content.parts().get(2)).readAllBytes()).hasSize(1);
    assertThat(Content.of(Files.write(folder.resolve("b"), new byte[0]), MIB).parts()).hasSize(1);
  }
}
