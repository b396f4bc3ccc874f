import KafkaProtocol
import Testing

@Suite("Base64 and identifiers")
struct Base64Tests {
  @Test(
    "the examples of RFC 4648",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func examples(plain: String, encoded: String) {
    #expect(Base64.standard.encode(Array(plain.utf8)) == encoded)
    #expect(Base64.standard.decode(encoded) == Array(plain.utf8))
  }

  @Test("malformed base64 is refused", arguments: ["Z", "Zg", "Zg=", "Zh==", "Z===", "====", "Zm9-", "Zm 9v"])
  func malformed(text: String) {
    #expect(Base64.standard.decode(text) == nil)
  }

  @Test("an identifier reads back from its text")
  func identifiers() throws {
    let identifier = UUID128(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
    #expect(identifier.description == "ASNFZ4mrze_-3LqYdlQyEA")
    #expect(UUID128(text: identifier.description) == identifier)
    #expect(UUID128.zero.description == "AAAAAAAAAAAAAAAAAAAAAA")
    #expect(UUID128(text: "short") == nil)
  }
}
