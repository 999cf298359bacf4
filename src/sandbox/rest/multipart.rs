//! Request bodies: JSON, or multipart/form-data with `payload_json` and `files[n]`.

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Bytes;
use serde_json::Value;

use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::File;

/// One part of a form.
struct Part {
    name: String,
    filename: Option<String>,
    content_type: Option<String>,
    bytes: Bytes,
}

/// Reads a body; no body is `null`.
pub(crate) fn read(request: &HttpRequest, body: &Bytes) -> Result<(Value, Vec<File>), Refusal> {
    if body.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let boundary = kind.starts_with("multipart/form-data").then(|| kind.split("boundary=").nth(1)).flatten();
    let Some(boundary) = boundary else {
        let json = serde_json::from_slice(body).map_err(|_| Refusal::INVALID_JSON)?;
        return Ok((json, Vec::new()));
    };
    let mut json = Value::Null;
    let mut files = Vec::new();
    for part in parts(body, boundary.trim_matches('"')) {
        if part.name == "payload_json" {
            json = serde_json::from_slice(&part.bytes).map_err(|_| Refusal::INVALID_JSON)?;
        } else if let Some(filename) = part.filename {
            let digits: String = part.name.chars().filter(char::is_ascii_digit).collect();
            let slot = digits.parse().unwrap_or(0);
            files.push(File { slot, filename, content_type: part.content_type, bytes: part.bytes });
        }
    }
    files.sort_by_key(|file| file.slot);
    Ok((json, files))
}

fn parts(body: &Bytes, boundary: &str) -> Vec<Part> {
    let mark = format!("--{boundary}");
    let mut found = Vec::new();
    let mut starts = Vec::new();
    let mut from = 0;
    while let Some(at) = position(body, mark.as_bytes(), from) {
        starts.push(at);
        from = at + mark.len();
    }
    for (start, end) in starts.iter().zip(starts.iter().skip(1)) {
        // A part stands between two marks: CRLF, headers, an empty line, the bytes, CRLF.
        let (start, end) = (start + mark.len() + 2, end.saturating_sub(2));
        let Some(head) = position(body, b"\r\n\r\n", start).filter(|head| head + 4 <= end) else { continue };
        let Some(headers) = body.get(start..head).map(String::from_utf8_lossy) else { continue };
        if let Some(part) = part(&headers, body.slice(head + 4..end)) {
            found.push(part);
        }
    }
    found
}

fn part(headers: &str, bytes: Bytes) -> Option<Part> {
    let line = |name: &str| {
        headers.lines().find(|line| line.to_ascii_lowercase().starts_with(name)).and_then(|l| l.split_once(':'))
    };
    let (_, disposition) = line("content-disposition:")?;
    let field = |key: &str| {
        let value = disposition.split(&format!(" {key}=\"")).nth(1)?;
        value.split('"').next().map(str::to_owned)
    };
    Some(Part {
        name: field("name")?,
        filename: field("filename"),
        content_type: line("content-type:").map(|(_, value)| value.trim().to_owned()),
        bytes,
    })
}

fn position(body: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = body.get(from..)?;
    rest.windows(wanted.len()).position(|window| window == wanted).map(|at| at + from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_its_parts() {
        let body = Bytes::from_static(
            b"--x\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{}\r\n--x\r\n\
              Content-Disposition: form-data; name=\"files[1]\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\x00\r\n\r\n--x--",
        );
        let parts = parts(&body, "x");
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].bytes, Bytes::from_static(b"{}"));
        assert_eq!(parts[1].filename.as_deref(), Some("a.png"));
        assert_eq!(parts[1].bytes, Bytes::from_static(b"\x00\r\n"));
    }
}
