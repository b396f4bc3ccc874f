package import Buffers

/// Responses as they travel: four bytes of length, a header, a body.
///
/// A frame that is read is given without its length.
package enum ResponseFrame {
  /// Reads the number of the request that the frame answers.
  package static func correlationID(of frame: Bytes) throws(WireError) -> Int32 {
    var reader = WireReader(frame)
    return try reader.int32()
  }

  /// Whether an answer to ApiVersions says that the broker does not know the version asked in (KIP-511).
  ///
  /// The rest of such an answer may be unreadable: librdkafka's mock cluster mixes the forms of two versions in it.
  package static func refusesVersion(_ frame: Bytes) -> Bool {
    var reader = WireReader(frame)
    do throws(WireError) {
      _ = try reader.int32()
      return try reader.errorCode() == .unsupportedVersion
    } catch {
      return false
    }
  }

  /// Decodes a response, header and all. Record sets are slices of the frame.
  ///
  /// A broker that does not know the version of an ApiVersions request answers in version 0 with the error
  /// UNSUPPORTED_VERSION (KIP-511); it is decoded as such, whatever `version` is.
  ///
  /// - Parameter version: That of the request.
  package static func decode<Response: WireResponse>(
    _ type: Response.Type, from frame: Bytes, version: Int16
  ) throws(WireError) -> Response {
    var reader = WireReader(frame)
    _ = try reader.int32()
    let headerVersion = HeaderRules.responseVersion(
      apiKey: Response.apiKey, isFlexible: Response.isFlexible(version))
    if headerVersion >= 1 { try reader.skipTaggedFields() }
    let body = frame[reader.position..<frame.count]
    if Response.apiKey == HeaderRules.apiVersionsKey, refusesVersion(frame) {
      return try WholeMessage.decode(type, from: body, version: 0)
    }
    return try WholeMessage.decode(type, from: body, version: version)
  }

  /// Encodes a response with its length and header, as a broker sends it.
  ///
  /// - Returns: Segments to send in this order; record sets are the caller's own, not copied.
  package static func encode<Response: WireResponse>(
    _ response: Response, version: Int16, correlationID: Int32
  ) throws(WireError) -> [Bytes] {
    let headerVersion = HeaderRules.responseVersion(
      apiKey: Response.apiKey, isFlexible: Response.isFlexible(version))
    var writer = WireWriter()
    writer.int32(0)
    writer.int32(correlationID)
    if headerVersion >= 1 { writer.uvarint(0) }
    try response.encode(into: &writer, version: version)
    return try FrameLength.finish(writer)
  }
}
