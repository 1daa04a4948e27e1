//! The drill `the_next_server` before the oracle. Each server comes as words: its name, and how it fails.

use oracle_support::{Input, answer_all};
use the_next_server::{Conn, DialError, Server};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let connect: fn(&[Server]) -> Result<Conn, DialError> = the_next_server::connect;
    match call {
        "Connect" => {
            let servers = input.list(|input| Server { name: input.text(), fails: fails(&input.text()) });
            match connect(&servers) {
                Ok(Conn { name }) => {
                    let name: String = name;
                    format!("a connection to {name}")
                }
                Err(DialError::Refused) => String::from("Refused"),
                Err(DialError::TimedOut) => String::from("TimedOut"),
                Err(DialError::NoServer) => String::from("NoServer"),
            }
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

fn fails(word: &str) -> Option<DialError> {
    match word {
        "refuses" => Some(DialError::Refused),
        "is silent" => Some(DialError::TimedOut),
        "answers" => None,
        other => unreachable!("a server does not do {other}"),
    }
}
