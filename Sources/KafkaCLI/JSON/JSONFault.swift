/// What keeps a text from being JSON.
enum JSONFault {
  case endsTooEarly, noValue, tooDeep, tooManyDigits
  /// In an object: neither a name, nor a colon behind it, nor a comma or brace behind its value.
  case noName, noColon, noEndOfObject
  /// In an array: neither a comma nor a bracket behind an element.
  case noEndOfArray
  case noEndOfString, controlCharacter, notUTF8
  case unknownEscape, noCodeUnit, halfOfPair
}
