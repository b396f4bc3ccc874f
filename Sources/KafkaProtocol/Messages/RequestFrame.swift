package import Buffers

/// Requests as they travel: four bytes of length, a header, a body.
///
/// A frame that is read is given without its length.
package enum RequestFrame {
  /// Encodes a request with its length and header.
  ///
  /// - Returns: Segments to send in this order; record sets are the caller's own, not copied.
  package static func encode<Request: WireRequest>(
    _ request: Request, version: Int16, correlationID: Int32, clientID: String?
  ) throws(WireError) -> [Bytes] {
    let headerVersion = HeaderRules.requestVersion(
      apiKey: Request.apiKey, version: version, isFlexible: Request.isFlexible(version))
    var writer = WireWriter()
    writer.int32(0)
    writer.int16(Request.apiKey)
    writer.int16(version)
    writer.int32(correlationID)
    // The client's name keeps its int16 length in every header, so that any broker can read it.
    if headerVersion >= 1 { try writer.nullableString(clientID) }
    if headerVersion >= 2 { writer.uvarint(0) }
    try request.encode(into: &writer, version: version)
    return try FrameLength.finish(writer)
  }

  /// Reads a request's header.
  ///
  /// - Throws: ``WireError/unknownAPI(key:)`` where nothing says which header the API has.
  package static func header(of frame: Bytes) throws(WireError) -> RequestHeader {
    var reader = WireReader(frame)
    let apiKey = try reader.int16()
    let version = try reader.int16()
    let correlationID = try reader.int32()
    guard let api = API.withKey(apiKey) else { throw .unknownAPI(key: apiKey) }
    let headerVersion = HeaderRules.requestVersion(
      apiKey: apiKey, version: version, isFlexible: api.isFlexible(version))
    let clientID = headerVersion >= 1 ? try reader.nullableString() : nil
    if headerVersion >= 2 { try reader.skipTaggedFields() }
    return RequestHeader(
      apiKey: apiKey, version: version, correlationID: correlationID, clientID: clientID,
      body: frame[reader.position..<frame.count])
  }

  /// Decodes the body behind a header.
  package static func decode<Request: WireRequest>(
    _ type: Request.Type, from header: RequestHeader
  ) throws(WireError) -> Request {
    try WholeMessage.decode(type, from: header.body, version: header.version)
  }
}
