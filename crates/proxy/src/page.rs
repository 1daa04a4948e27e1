//! The page at `/` of the built-in origin: what came through the proxy.
//!
//! Pure: a head in, a page out. Everything that a client sent is escaped.

use std::fmt::Write as _;
use wire::{Known, RequestHead};

/// A page that shows the request as the origin got it.
pub(crate) fn page(head: &RequestHead) -> String {
    let headline = match head.as_fields().of(Known::Via).next() {
        Some(via) => format!("This request came through your proxy: <code>{}</code>", escape(via.value)),
        None => "This request came straight to the origin, not through a proxy".to_owned(),
    };
    let mut rows = String::new();
    for (name, value) in head.fields() {
        writeln!(rows, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", escape(name), escape(value))
            .expect("a String takes every character");
    }
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>proxylings: the origin</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}}\
         th{{text-align:left;padding-right:1rem;vertical-align:top}}td{{overflow-wrap:anywhere}}</style></head>\n\
         <body><h1>{headline}</h1>\n<p>The origin got <code>{} {}</code> and these fields:</p>\n\
         <table><tbody>\n{rows}</tbody></table>\n\
         <p>Try <code>/bytes/1000</code>, <code>/chunked/1000</code>, <code>/echo</code>, <code>/status/404</code> \
         and <code>/slow/500</code>.</p>\n</body></html>\n",
        escape(head.method()),
        escape(head.target()),
    )
}

fn escape(bytes: &[u8]) -> String {
    let mut out = String::new();
    for character in String::from_utf8_lossy(bytes).chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_a_client_sent_cannot_become_markup() {
        assert_eq!(escape(b"<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    }
}
