//! Spans as OTLP has them, in protobuf
//! (`ExportTraceServiceRequest`, <https://github.com/open-telemetry/opentelemetry-proto>, version 1; field numbers never
//! change).

use super::{Ended, Word, wire::Message};

const NAME: &str = "moothall";
/// `Status.code`: a fault of ours. What went well is left unset, as the specification asks of servers.
const ERROR: i64 = 2;

/// One request to a collector: `POST /v1/traces`, `application/x-protobuf`. `version` is that of the program.
pub fn encode(spans: &[Ended], version: &'static str) -> Vec<u8> {
    let mut request = Message::default();
    request.message(1, |of_resource| {
        of_resource.message(1, |resource| {
            attribute(resource, 1, "service.name", NAME.into());
            attribute(resource, 1, "service.version", version.into());
        });
        of_resource.message(2, |of_scope| {
            of_scope.message(1, |scope| scope.bytes(1, &[NAME.as_bytes()]));
            spans.iter().for_each(|ended| of_scope.message(2, |span| write(span, ended)));
        });
    });
    request.0
}

fn write(span: &mut Message, ended: &Ended) {
    span.bytes(1, &[&ended.trace.to_be_bytes()]);
    span.bytes(2, &[&ended.id.to_be_bytes()]);
    if ended.parent != 0 {
        span.bytes(4, &[&ended.parent.to_be_bytes()]);
    }
    let (first, second) = ended.name;
    let between = if second.is_empty() { "" } else { " " };
    span.bytes(5, &[first.as_bytes(), between.as_bytes(), second.as_bytes()]);
    span.number(6, ended.kind as i64);
    span.fixed64(7, ended.began);
    span.fixed64(8, ended.ended);
    for (key, word) in &ended.words {
        attribute(span, 9, key, *word);
    }
    if ended.failed {
        span.message(15, |status| status.number(3, ERROR));
    }
}

fn attribute(message: &mut Message, field: u32, key: &'static str, word: Word) {
    message.message(field, |pair| {
        pair.bytes(1, &[key.as_bytes()]);
        pair.message(2, |value| match word {
            Word::Text(text) => value.bytes(1, &[text.as_bytes()]),
            Word::Number(number) => value.number(3, number),
        });
    });
}

#[cfg(test)]
mod tests {
    use super::{super::Kind, *};

    /// What the classes that protoc makes of the specification (opentelemetry-proto 1.45.2 for Python) write of the same two
    /// spans.
    const WRITTEN_BY_OTHERS: [&str; 4] = [
        "0ab3020a380a1a0a0c736572766963652e6e616d65120a0a086d6f6f7468616c6c0a1a0a0f736572766963652e76657273696f6e",
        "12070a05302e312e3012f6010a0a0a086d6f6f7468616c6c1290010a100af7651916cd43dd8448eb211c80319c1208b7ad6b7169\
         2033312a15474554202f7265706f72742f7b736572766963657d30023900401971d5f2ea18414ea1d571d5f2ea184a210a0a6874",
        "74702e726f75746512130a112f7265706f72742f7b736572766963657d4a200a19687474702e726573706f6e73652e7374617475\
         735f636f6465120318f4037a02180212550a100af7651916cd43dd8448eb211c80319c120800000000000000ff2208b7ad6b7169",
        "2033312a0764622e7265616430033901401971d5f2ea184102401971d5f2ea184a100a016e120b18ffffffffffffffffff01",
    ];

    #[test]
    fn spans_are_written_as_others_write_them() {
        let at = 1_795_514_400_000_000_000;
        let request = Ended {
            trace: 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c,
            id: 0xb7ad_6b71_6920_3331,
            parent: 0,
            name: ("GET", "/report/{service}"),
            kind: Kind::Server,
            began: at,
            ended: at + 12_345_678,
            words: vec![("http.route", "/report/{service}".into()), ("http.response.status_code", Word::Number(500))],
            failed: true,
        };
        let read = Ended {
            id: 0xff,
            parent: request.id,
            name: ("db.read", ""),
            kind: Kind::Client,
            began: at + 1,
            ended: at + 2,
            words: vec![("n", Word::Number(-1))],
            failed: false,
            ..request.clone()
        };
        let hex: String = encode(&[request, read], "0.1.0").iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, WRITTEN_BY_OTHERS.concat());
    }
}
