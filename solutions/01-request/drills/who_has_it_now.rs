//! Who has it now? A request goes to the upstream stage, and then the log asks for its path.
//!
//! `forward` takes the head by value: from that line on, the upstream stage owns it.
//! In `serve` the log line still asks the old variable, so rustc marks two places:
//! where the head moved, and where it was used afterwards.
//! Change `serve` so that every line asks whoever owns the head at that moment.

/// The head of one request. It has one owner at any moment.
pub struct Head {
    pub path: String,
}

/// The stage that talks to the upstream. It owns the head that it sends.
pub struct Upstream {
    pub head: Head,
}

/// Takes the head: the caller does not have it any more.
pub fn forward(head: Head) -> Upstream {
    Upstream { head }
}

/// Forwards the head, and writes the line for the log: `forwarded /menu`.
pub fn serve(head: Head) -> (Upstream, String) {
    // exercise: begin
    let line = format!("forwarded {}", head.path);
    let upstream = forward(head);
    (upstream, line)
    // exercise: stub
    // let upstream = forward(head);
    // let line = format!("forwarded {}", head.path);
    // (upstream, line)
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_the_path() {
        for path in ["/menu", "/order/7"] {
            let (_, got) = serve(Head { path: String::from(path) });
            assert_eq!(got, format!("forwarded {path}"), "the log line names the path\ninput: {path}");
        }
    }

    #[test]
    fn the_upstream_gets_the_path() {
        let (upstream, _) = serve(Head { path: String::from("/menu") });
        assert_eq!(upstream.head.path, "/menu", "the upstream stage needs the path too\ninput: /menu");
    }

    #[test]
    fn the_upstream_gets_the_head_itself() {
        let head = Head { path: String::from("/menu") };
        let before = head.path.as_ptr();
        let (upstream, _) = serve(head);
        assert!(
            upstream.head.path.as_ptr() == before,
            "the upstream stage got a copy of the head: to read a head before you hand it on, no copy is needed\n\
             input: /menu\nexpected: the same bytes, at the same address\ngot: other bytes, at another address"
        );
    }
}
