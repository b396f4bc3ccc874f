extension FuzzTarget {
  /// Inputs that show what there is to read, where no golden vector does.
  var examples: [String] {
    switch self {
    case .messages, .frames, .records, .json: []
    case .jsonRecords:
      [
        #"10{"topic":"t","partition":3,"offset":17,"timestamp":1700000000000,"timestampType":"create","key":"k","#
          + #""value":"v","headers":[{"name":"a","value":"1"},{"name":"b","value":null}]}"# + "\n",
        "\u{0}0" + #"{"key":{"base64":"AAE="},"value":{"a":[1,true,null,"\u00e9\ud83d\ude00"]}}"# + "\n\n"
          + #"{"value":null,"timestamp":-1}"# + "\n",
        "a1{\"value\":\"" + String(repeating: "x", count: 70) + "\"}\n{\"value\":\"\\n\\\"\"}\n",
      ]
    case .lengths: ["10\0\0\0\u{1}k\0\0\0\u{2}vv", "\0\u{31}\0\0\0\0\0\0\0\u{41}" + String(repeating: "x", count: 65)]
    case .formats:
      [
        "10%k=%s\\n\0a=b\nc=\n", "\u{0}2%t[%p]@%o %T{iso} %k{hex}:%s{base64};\0t[0]@17 2023-11-14T22:13:20Z 6b:dg==;",
        "a3%S %K %s%k\\n--\0" + "1 1 vk\n---1 4 null\n--", "b0%R%s\0\0\0\0\u{1}v",
        "c1%s{json} %k{json} %h\\n\0\"v\" null a=b,c\n",
        "d0%s{i32},%k{u16le}\\n\0-5,258\n", "e1%T %s%%\0001700000000000 v%",
      ]
    case .filters:
      [
        "key=abc and !(value*=\"x\\t\" or size>=10) && header.h~'^a[b-d]*(x|y){2,3}$'\0abcxyz",
        "value.items[].sku=\"x-1\" || value.n>1.5e3\0{\"items\":[{\"sku\":\"x-1\"}],\"n\":1501,\"u\":\"\\u00e9\"}",
        "timestamp>=-1h and partition!=3 and offset<=7 and topic=t\0v", "value~\"\\\\d+\\\\s\\\\xFF.?\"\0 12 ",
      ]
    case .properties:
      [
        "# c\nbootstrap.servers = a:1,b\\\n  ,c\n[profile p]\nacks:all\nlinger.ms 5\nclient.id=\\u00e9\\ud83d\\ude00\\t\r\n",
        "! c\nsecurity.protocol=plaintext\nbatch.size=16384\ncompression.type=zstd\nfetch.min.bytes=1\nno.such=x\n",
      ]
    }
  }
}
