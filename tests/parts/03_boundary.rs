//! The proxy writes a line for each request that it has answered. Later somebody reads the log, a million lines at a
//! time, and from Python. What is written must be read again as it was, whatever a client has sent; what is read must
//! not be copied without need.
//!
//! The steps below go from one text to a whole log. Each module is a step, the easiest case stands first, and a
//! failure prints the input, what was expected and what your code gave.

use std::borrow::Cow;
use std::net::IpAddr;

use part_logline::{columns, parse, rows, write};
use wire::Version;
use wire::logline::{Columns, Entry, LineError, LineFault, RequestWords};

const LINE: &str = "192.0.2.7 - - [23/Nov/2026:13:05:27 +0000] \"GET /menu?day=monday HTTP/1.1\" 200 1536 \
                    \"https://cafe.example/\" \"curl/8.5.0\" 840";
const BROKEN: &str = "this is no line of an access log";

fn show(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

fn request<'a>(method: &'a [u8], target: &'a [u8], version: Version) -> Option<RequestWords<'a>> {
    Some(RequestWords { method: Cow::Borrowed(method), target: Cow::Borrowed(target), version })
}

/// The entry that `LINE` spells.
fn entry() -> Entry<'static> {
    Entry {
        client: "192.0.2.7".parse().expect("an address"),
        time: 1_795_439_127,
        request: request(b"GET", b"/menu?day=monday", Version::Http11),
        status: 200,
        body_bytes: 1536,
        referer: Some(Cow::Borrowed(b"https://cafe.example/")),
        user_agent: Some(Cow::Borrowed(b"curl/8.5.0")),
        took_us: 840,
    }
}

/// An entry whose client calls itself `agent`.
fn called(agent: &[u8]) -> Entry<'_> {
    Entry { user_agent: Some(Cow::Borrowed(agent)), ..entry() }
}

/// The line of an entry, with its LF.
fn line_of(entry: &Entry<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    write(entry, &mut out);
    out
}

/// What stands between the last two quotes of a line: the client's name for itself.
fn agent_in(line: &[u8]) -> &[u8] {
    line.rsplit(|byte| *byte == b'"').nth(1).unwrap_or_else(|| panic!("no quotes in the line\ngot: {}", show(line)))
}

/// The entry of a line that is known to be good.
fn parsed(line: &[u8]) -> Entry<'_> {
    parse(line).unwrap_or_else(|error| panic!("input: {}\nexpected: an entry\ngot: {error}", show(line)))
}

/// Whether `view` lies in the bytes of `whole`, so that nobody has copied it.
fn lies_in(view: &[u8], whole: &[u8]) -> bool {
    whole.as_ptr_range().contains(&view.as_ptr())
}

mod step_1_write {
    use super::*;

    fn check(entry: &Entry<'_>, expected: &str, why: &str) {
        let got = line_of(entry);
        assert!(
            got == format!("{expected}\n").as_bytes(),
            "{why}\ninput: {entry:?}\nexpected: {expected}\\n\ngot: {}",
            show(&got)
        );
    }

    /// One case: how the text `agent` stands in the line.
    fn check_text(agent: &[u8], expected: &str, why: &str) {
        let line = line_of(&called(agent));
        let got = agent_in(&line);
        assert!(
            got == expected.as_bytes(),
            "{why}\ninput: {}\nexpected: {expected}\ngot: {}",
            show(agent),
            String::from_utf8_lossy(got)
        );
    }

    #[test]
    fn writes_a_request_as_one_line() {
        check(&entry(), LINE, "an entry is one line: the Combined Log Format, and the microseconds");
    }

    #[test]
    fn writes_a_dash_for_what_the_client_did_not_send() {
        let refused = Entry { status: 400, request: None, referer: None, body_bytes: 0, took_us: 0, ..called(b"") };
        let expected = "192.0.2.7 - - [23/Nov/2026:13:05:27 +0000] \"-\" 400 0 \"-\" \"\" 0";
        check(&refused, expected, "an empty text is not a missing one: only what is missing becomes a dash");
        check_text(b"-", "\\x2D", "a client that calls itself - has sent a name");
    }

    #[test]
    fn writes_every_kind_of_address_time_and_number() {
        let client = IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, 7]);
        let request = request(b"PURGE", b"/", Version::Http10);
        let odd = Entry {
            client,
            time: 951_782_401,
            request,
            status: 7,
            body_bytes: u64::MAX,
            took_us: u64::MAX,
            ..called(b"a")
        };
        let expected = "2001:db8::7 - - [29/Feb/2000:00:00:01 +0000] \"PURGE / HTTP/1.0\" 7 18446744073709551615 \
                        \"https://cafe.example/\" \"a\" 18446744073709551615";
        check(&odd, expected, "addresses are written as RFC 5952 says, times as the Combined Log Format says");
    }

    #[test]
    fn keeps_what_stands_in_the_buffer() {
        let mut out = b"the line before\n".to_vec();
        write(&entry(), &mut out);
        assert!(
            out.starts_with(b"the line before\n192.0.2.7 "),
            "a line is appended: the buffer holds lines that nobody has written to disk yet\n\
             input: the line before, and an entry\nexpected: both lines\ngot: {}",
            show(&out)
        );
    }

    #[test]
    fn makes_no_second_buffer() {
        let mut out = Vec::with_capacity(4096);
        let before = out.as_ptr();
        write(&called(b"a \"quoted\" name"), &mut out);
        assert!(
            before == out.as_ptr() && out.capacity() == 4096,
            "the buffer was replaced: it had room for the line, so it stays where it is\n\
             input: a buffer of 4096 bytes\nexpected: the same address\ngot: another buffer"
        );
    }

    #[test]
    fn keeps_a_client_from_ending_its_line() {
        let why = "a line break in a text would begin a line that no request has written";
        check_text(b"curl\n192.0.2.8 - - forged", "curl\\x0A192.0.2.8 - - forged", why);
        check_text(b"curl\r\n", "curl\\x0D\\x0A", why);
    }

    #[test]
    fn keeps_a_client_from_ending_its_text() {
        let why = "a quote in a text would end it, and what follows would be read as other fields";
        check_text(b"curl\" 1 \"", "curl\\x22 1 \\x22", why);
        check_text(b"\"", "\\x22", why);
    }

    #[test]
    fn escapes_the_backslash_too() {
        let why = "a client may send the four bytes \\x22: they must not be read as a quote";
        check_text(b"\\x22", "\\x5Cx22", why);
        check_text(b"\\", "\\x5C", why);
    }

    #[test]
    fn keeps_a_client_from_adding_a_word_to_its_request() {
        let spaced = Entry { request: request(b"GET", b"/a b", Version::Http11), ..entry() };
        let line = line_of(&spaced);
        let got = show(line.split(|byte| *byte == b'"').nth(1).unwrap_or(b""));
        assert!(
            got == "GET /a\\\\x20b HTTP/1.1",
            "a request is three words: a space in one of them is escaped\n\
             input: the target /a b\nexpected: GET /a\\\\x20b HTTP/1.1\ngot: {got}"
        );
    }

    #[test]
    fn escapes_each_byte_that_is_not_printable_ascii_and_no_other() {
        for byte in 0..=u8::MAX {
            let text = [b'a', byte, b'z'];
            let plain = (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\';
            let middle = if plain { char::from(byte).to_string() } else { format!("\\x{byte:02X}") };
            check_text(
                &text,
                &format!("a{middle}z"),
                "a log is read by programs and by terminals: it stays plain ASCII",
            );
        }
    }

    #[test]
    fn keeps_bytes_that_are_not_utf_8() {
        check_text(b"caf\xe9\xff", "caf\\xE9\\xFF", "a byte is written as it came, even where it is no text at all");
        check_text("caf\u{e9}".as_bytes(), "caf\\xC3\\xA9", "a character of two bytes is written as two bytes");
    }
}

mod step_2_parse {
    use super::*;

    fn fault(line: &str, fault: LineFault, offset: usize) {
        let expected = Err(LineError::new(fault, offset));
        let got = parse(line.as_bytes());
        let why = "the first fault refuses the line, and says where it is";
        assert!(got == expected, "{why}\ninput: {line}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn reads_a_line() {
        let got = parsed(LINE.as_bytes());
        assert!(got == entry(), "input: {LINE}\nexpected: {:?}\ngot: {got:?}", entry());
    }

    #[test]
    fn reads_a_line_with_its_line_end() {
        let line = format!("{LINE}\n");
        let got = parsed(line.as_bytes());
        assert!(got == entry(), "the LF is not a part of the last word\ninput: {LINE}\\n\ngot: {got:?}");
    }

    #[test]
    fn lends_every_text_that_holds_no_escape() {
        let line = LINE.as_bytes();
        let entry = parsed(line);
        let request = entry.request.expect("the line has a request");
        let texts = [Some(request.method), Some(request.target), entry.referer, entry.user_agent];
        for text in texts.into_iter().flatten() {
            assert!(
                matches!(text, Cow::Borrowed(_)) && lies_in(&text, line),
                "the text was copied: the line already holds these bytes, so the entry can borrow them\n\
                 input: {LINE}\nexpected: a view of {} in the line\ngot: a copy",
                show(&text)
            );
        }
    }

    #[test]
    fn reads_what_an_escape_stands_for() {
        let line = LINE.replace("curl/8.5.0", "a \\x22quoted\\x22 \\x5C\\xff\\n").replace("\\n", "\\x0A");
        let got = parsed(line.as_bytes()).user_agent.map(|text| show(&text));
        let expected = Some(show(b"a \"quoted\" \\\xff\n"));
        assert!(got == expected, "\\xHH stands for one byte\ninput: {line}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn copies_only_the_text_that_holds_an_escape() {
        let line = LINE.replace("curl/8.5.0", "a\\x22b");
        let entry = parsed(line.as_bytes());
        let got = entry.user_agent.as_ref().map(|text| matches!(text, Cow::Owned(_)));
        assert!(
            got == Some(true),
            "a text with an escape has other bytes than the line, so it needs bytes of its own\n\
             input: {line}\nexpected: a copy of the client's name\ngot: {:?}",
            entry.user_agent
        );
        let target = entry.request.as_ref().map(|request| matches!(request.target, Cow::Borrowed(_)));
        assert!(
            target == Some(true),
            "one escape copies one text, and not its neighbours\ninput: {line}\nexpected: a view of the target\n\
             got: a copy"
        );
    }

    #[test]
    fn reads_what_other_servers_write() {
        for time in ["23/Nov/2026:18:35:27 +0530", "23/Nov/2026:05:05:27 -0800"] {
            let line =
                LINE.replace("23/Nov/2026:13:05:27 +0000", time).replace(" 1536 ", " - ").replace("- -", "- ann");
            let got = parsed(line.as_bytes());
            let expected = Entry { body_bytes: 0, ..entry() };
            let why = "local time, a user's name, and a dash for no bytes are legal";
            assert!(got == expected, "{why}\ninput: {line}\nexpected: {expected:?}\ngot: {got:?}");
        }
    }

    #[test]
    fn names_the_word_that_cannot_be_read() {
        parsed(LINE.as_bytes());
        fault("", LineFault::Client, 0);
        fault(BROKEN, LineFault::Client, 0);
        fault("192.0.2.7 - [23/Nov/2026:13:05:27 +0000] ", LineFault::Identity, 12);
        fault(&LINE.replace("- - [", "-  ["), LineFault::Identity, 12);
        fault(&LINE.replace("Nov", "nov"), LineFault::Time, 14);
        fault(&LINE.replace("23/Nov", "31/Nov"), LineFault::Time, 14);
        fault(&LINE.replace("2026", "1969"), LineFault::Time, 14);
        fault(&LINE.replace("+0000", "+0060"), LineFault::Time, 14);
        fault(&LINE.replace("\"GET ", "GET "), LineFault::Quote, 43);
        fault(&LINE.replace("/menu", "/me nu"), LineFault::Request, 44);
        fault(&LINE.replace("/1.1", "/2.0"), LineFault::Version, 65);
        fault(&LINE.replace(" 200 ", " 65536 "), LineFault::Status, 75);
        fault(&LINE.replace(" 200 ", " +200 "), LineFault::Status, 75);
        fault(&LINE.replace(" 200 ", " 20: "), LineFault::Status, 75);
        fault(&LINE.replace(" 1536 ", " 1.5e3 "), LineFault::Bytes, 79);
        fault(&LINE.replace("curl/8.5.0\"", "curl/8.5.0"), LineFault::Quote, 108);
        fault(&LINE.replace(" 840", ""), LineFault::Took, 120);
        fault(&LINE.replace(" 840", "x840"), LineFault::Quote, 108);
        fault(&LINE.replace(" 840", " 18446744073709551616"), LineFault::Took, 121);
        fault(&LINE.replace(" 840", " 99999999999999999999"), LineFault::Took, 121);
        fault(&format!("{LINE} 1"), LineFault::End, 125);
        fault(&format!("{LINE} "), LineFault::End, 124);
    }

    #[test]
    fn names_the_escape_that_cannot_be_read() {
        fault(&LINE.replace("/menu", "/me\\nu"), LineFault::Escape, 51);
        fault(&LINE.replace("GET", "G\\x0"), LineFault::Escape, 45);
        fault(&LINE.replace("8.5.0", "8.\\x5g"), LineFault::Escape, 116);
        fault(&LINE.replace("8.5.0", "8.5\\"), LineFault::Escape, 117);
    }

    #[test]
    fn reads_back_whatever_was_written() {
        let every: Vec<u8> = (0..=u8::MAX).collect();
        let texts: [Option<&[u8]>; 7] =
            [None, Some(b""), Some(b"-"), Some(b"--"), Some(b"\\x22"), Some(b"a\" 200 1 \"b\nc"), Some(&every)];
        for text in texts {
            let borrowed = text.map(Cow::Borrowed);
            let words =
                text.map(|text| RequestWords { method: text.into(), target: text.into(), version: Version::Http10 });
            for time in [0, 1_795_439_127, u64::MAX] {
                let entry = Entry {
                    client: IpAddr::from([0, 0, 0, 0, 0, 0xffff, 0xc000, 0x207]),
                    time,
                    request: words.clone(),
                    referer: borrowed.clone(),
                    user_agent: borrowed.clone(),
                    ..entry()
                };
                let line = line_of(&entry);
                let got = parse(&line);
                assert!(
                    got.as_ref() == Ok(&entry),
                    "what was written is read back as it was\ninput: {}\nexpected: {entry:?}\ngot: {got:?}",
                    show(&line)
                );
            }
        }
    }

    #[test]
    fn answers_whatever_bytes_come() {
        let line = LINE.replace("curl", "\\x22");
        for at in 0..line.len() {
            let cut = parse(&line.as_bytes()[..at]);
            let shorter = line[..at]
                .trim_end()
                .rsplit(' ')
                .next()
                .is_some_and(|word| !word.is_empty() && "840".starts_with(word));
            assert!(cut.is_err() || shorter, "a piece of a line is no line\ninput: {}\ngot: {cut:?}", &line[..at]);
            for byte in [b'"', b'\\', b' ', b'-', b'[', b']', 0, 0xff] {
                let mut changed = line.as_bytes().to_vec();
                changed[at] = byte;
                // Most of these lines are refused and some are not: none of them may stop the program.
                let _ = parse(&changed);
            }
        }
    }
}

mod step_3_rows {
    use super::*;

    /// The numbers of the rows, and `None` for those that cannot be read, else their status.
    fn told(log: &str) -> Vec<(u64, Option<u16>)> {
        rows(log.as_bytes()).map(|(number, row)| (number, row.ok().map(|entry| entry.status))).collect()
    }

    fn check(log: &str, expected: &[(u64, Option<u16>)], why: &str) {
        let got = told(log);
        assert!(got == expected, "{why}\ninput: {log:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn gives_each_line_with_its_number() {
        let log = format!("{LINE}\n{}\n", LINE.replace(" 200 ", " 404 "));
        check(&log, &[(1, Some(200)), (2, Some(404))], "lines are numbered from 1, as an editor does");
    }

    #[test]
    fn reads_a_last_line_without_its_line_end() {
        check(LINE, &[(1, Some(200))], "a line whose LF is not written yet is still a line");
    }

    #[test]
    fn counts_empty_lines_and_leaves_them_out() {
        let log = format!("\n{LINE}\n\n\n{LINE}\n");
        check(&log, &[(2, Some(200)), (5, Some(200))], "the number has to lead an editor to the right line");
        check("", &[], "an empty log has no line");
    }

    #[test]
    fn goes_on_after_a_line_that_cannot_be_read() {
        let log = format!("{LINE}\n{BROKEN}\n{LINE}\n");
        check(&log, &[(1, Some(200)), (2, None), (3, Some(200))], "one broken line does not cost the rest of the log");
        let error = rows(log.as_bytes()).find_map(|(_, row)| row.err());
        let expected = Some(LineError::new(LineFault::Client, 0));
        assert!(
            error == expected,
            "the reason stays with its line\ninput: {BROKEN}\nexpected: {expected:?}\ngot: {error:?}"
        );
    }

    #[test]
    fn lends_its_entries_from_the_log() {
        let log = format!("{LINE}\n{LINE}\n");
        let entries: Vec<Entry<'_>> = rows(log.as_bytes()).filter_map(|(_, row)| row.ok()).collect();
        for entry in &entries {
            assert!(
                lies_in(entry.target(), log.as_bytes()),
                "the lines were copied: an entry can borrow from the log for as long as the log is there\n\
                 input: two lines\nexpected: views of the log\ngot: copies"
            );
        }
        assert!(entries.len() == 2, "input: two lines\nexpected: two entries\ngot: {}", entries.len());
    }

    #[test]
    fn may_be_read_by_another_thread() {
        let log = format!("{LINE}\n{LINE}\n");
        let rows = rows(log.as_bytes());
        let got = std::thread::scope(|scope| scope.spawn(move || rows.count()).join());
        assert!(matches!(got, Ok(2)), "input: two lines\nexpected: another thread counts two rows\ngot: {got:?}");
    }
}

mod step_4_columns {
    use super::*;

    #[test]
    fn gives_every_kind_of_value_a_column() {
        let other = "2001:db8::7 - - [01/Jan/1970:00:00:09 +0000] \"GET /x HTTP/1.1\" 404 9 \"-\" \"-\" 12";
        let log = format!("{LINE}\n{other}\n");
        let got = columns(log.as_bytes());
        let first = Columns::address(entry().client);
        let second = Columns::address(IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, 7]));
        let seen = (&got.client[..], &got.time[..], &got.status[..], &got.body_bytes[..], &got.took_us[..]);
        let expected: (&[_], &[_], &[_], &[_], &[_]) =
            (&[first, second], &[1_795_439_127, 9], &[200, 404], &[1536, 9], &[840, 12]);
        assert!(
            seen == expected,
            "the values of one line have the same index in every column\ninput: {log}expected: {expected:?}\ngot: {seen:?}"
        );
    }

    #[test]
    fn keeps_all_targets_in_one_buffer() {
        let log = format!("{LINE}\n{}\n", LINE.replace("GET /menu?day=monday HTTP/1.1", "-"));
        let got = columns(log.as_bytes());
        let texts: Vec<String> = got.target.iter().map(show).collect();
        assert!(
            texts == ["/menu?day=monday", ""],
            "a line without a request has an empty target, and keeps its place\ninput: {log}\
             expected: [\"/menu?day=monday\", \"\"]\ngot: {texts:?}"
        );
    }

    #[test]
    fn writes_a_target_as_the_client_sent_it() {
        let log = LINE.replace("/menu", "/\\x22menu\\x22");
        let got = columns(log.as_bytes());
        let texts: Vec<String> = got.target.iter().map(show).collect();
        let expected = [show(b"/\"menu\"?day=monday")];
        assert!(texts == expected, "a column holds no escapes\ninput: {log}\nexpected: {expected:?}\ngot: {texts:?}");
    }

    #[test]
    fn counts_the_lines_that_cannot_be_read() {
        let log = format!("{BROKEN}\n{LINE}\n{BROKEN}\n");
        let got = columns(log.as_bytes());
        let error = LineError::new(LineFault::Client, 0);
        let seen = (got.len(), got.unreadable, &got.errors[..]);
        let expected = (1, 2, &[(1, error), (3, error)][..]);
        assert!(
            seen == expected,
            "a line that cannot be read has no place in the columns, but it is counted, with its number\n\
             input: {log}expected (entries, unreadable, errors): {expected:?}\ngot: {seen:?}"
        );
    }

    #[test]
    fn keeps_the_first_errors_only() {
        let log = format!("{BROKEN}\n").repeat(1000);
        let got = columns(log.as_bytes());
        let seen = (got.unreadable, got.errors.len(), got.errors.last().map(|(number, _)| *number));
        assert!(
            seen == (1000, Columns::MOST_ERRORS, Some(10)),
            "a broken log must not fill the memory with reasons\ninput: 1000 broken lines\n\
             expected (unreadable, errors, last number): (1000, 10, Some(10))\ngot: {seen:?}"
        );
    }

    #[test]
    fn gives_empty_columns_for_an_empty_log() {
        assert!(columns(b"") == Columns::default(), "an empty log has no values\ngot: {:?}", columns(b""));
    }
}
