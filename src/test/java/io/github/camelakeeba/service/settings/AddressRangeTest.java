package io.github.camelakeeba.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "::1, ::1, true",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe80::1, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
  })
  void it_holds_the_addresses_of_its_network(String range, String address, boolean held)
      throws Exception {
    assertThat(AddressRange.of(range).contains(InetAddress.getByName(address))).isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "proxy.example.com",
        "10",
        "10.1",
        "10.0.0.0/33",
        "10.0.0.0/",
        "::1/129",
        "256.1.1.1",
        "10.0.0.0/-1",
        "fe80::1%eth0",
        ":",
        "*"
      })
  void what_is_no_address_is_refused_and_no_name_is_asked_for(String text) {
    assertThatThrownBy(() -> AddressRange.of(text)).isInstanceOf(IllegalArgumentException.class);
    assertThat(AddressRange.isLiteral(text)).isFalse();
  }

  @Test
  void a_network_is_no_address() {
    assertThat(AddressRange.isLiteral("10.0.0.0/8")).isFalse();
    assertThat(AddressRange.isLiteral("10.0.0.1")).isTrue();
    assertThat(AddressRange.isLiteral("2001:db8::1")).isTrue();
  }
}
