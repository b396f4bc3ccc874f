import Buffers
import KafkaProtocol

/// Inputs that are messages: two bytes for the message, one for its version, then the body.
enum MessageInput {
  static let headerSize = 3

  static func run(_ input: Bytes) {
    guard input.count >= headerSize else { return }
    let message = MessageDescription.all[(Int(input[0]) << 8 | Int(input[1])) % MessageDescription.all.count]
    let version = message.versions.lowerBound + Int16(input[2]) % Int16(message.versions.count)
    let body = input[headerSize..<input.count]
    decodeTyped(message.name, body, version: version)
    guard let value = try? MessageDecoder.decode(message, from: body, version: version) else { return }
    do {
      let written = try MessageEncoder.encode(message, value, version: version)
      let again = try MessageDecoder.decode(message, from: written, version: version)
      precondition(again == value, "\(message.name) \(version) does not read back")
    } catch MessageValueError.wire(.tooLong) {
      // Text that was no UTF-8 may have grown by its repair.
    } catch {
      preconditionFailure("\(message.name) \(version) was read and cannot be written: \(error)")
    }
  }

  /// The bytes that choose `message` and `version`, or nil where there is no such message.
  static func header(message: String, version: Int16) -> [UInt8]? {
    guard let index = MessageDescription.all.firstIndex(where: { $0.name == message }) else { return nil }
    let first = MessageDescription.all[index].versions.lowerBound
    return [UInt8(index >> 8), UInt8(index & 0xFF), UInt8(version - first)]
  }

  private static func decodeTyped(_ name: String, _ body: Bytes, version: Int16) {
    switch name {
    case "ApiVersionsRequest": recode(ApiVersionsRequest.self, body, version)
    case "ApiVersionsResponse": recode(ApiVersionsResponse.self, body, version)
    case "CreateTopicsRequest": recode(CreateTopicsRequest.self, body, version)
    case "CreateTopicsResponse": recode(CreateTopicsResponse.self, body, version)
    case "FetchRequest": recode(FetchRequest.self, body, version)
    case "FetchResponse": recode(FetchResponse.self, body, version)
    case "InitProducerIdRequest": recode(InitProducerIdRequest.self, body, version)
    case "InitProducerIdResponse": recode(InitProducerIdResponse.self, body, version)
    case "ListOffsetsRequest": recode(ListOffsetsRequest.self, body, version)
    case "ListOffsetsResponse": recode(ListOffsetsResponse.self, body, version)
    case "MetadataRequest": recode(MetadataRequest.self, body, version)
    case "MetadataResponse": recode(MetadataResponse.self, body, version)
    case "ProduceRequest": recode(ProduceRequest.self, body, version)
    case "ProduceResponse": recode(ProduceResponse.self, body, version)
    default: break
    }
  }

  private static func recode<Message: WireMessage>(_ type: Message.Type, _ body: Bytes, _ version: Int16) {
    guard let message = try? WholeMessage.decode(type, from: body, version: version) else { return }
    var writer = WireWriter()
    guard (try? message.encode(into: &writer, version: version)) != nil else { return }
    let written = Bytes(copying: writer.finish().flatMap(\.array))
    let again = try? WholeMessage.decode(type, from: written, version: version)
    precondition(again == message, "\(type) \(version) does not read back")
  }
}
