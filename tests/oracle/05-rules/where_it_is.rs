//! The drill `where_it_is` before the oracle.

use oracle_support::{Input, answer_all, listed};
use where_it_is::{Block, FileError, Wrong};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let blocks: fn(&str) -> Result<Vec<Block>, FileError> = where_it_is::blocks;
    match call {
        "Read" => match blocks(&input.text()) {
            Ok(blocks) => listed(blocks.into_iter().map(|Block { path, status }| {
                let (path, status): (String, u16) = (path, status);
                format!("{path} {status}")
            })),
            Err(FileError { line, wrong }) => {
                let line: usize = line;
                let wrong = match wrong {
                    Wrong::NoSpace => "NoSpace",
                    Wrong::NoStatus => "NoStatus",
                };
                format!("line {line}: {wrong}")
            }
        },
        other => unreachable!("the case maker has no call {other}"),
    }
}
