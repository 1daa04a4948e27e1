//! exercise = "05-rules/where_it_is"
//! mark = "body"
//! misconception = "what came before the mistake is good"
//! fails = "says_in_which_line_the_mistake_is"
//! says = "the error says in which line the mistake is"

        match block(line) {
            Ok(block) => blocks.push(block),
            Err(wrong) if blocks.is_empty() => return Err(FileError { line: index + 1, wrong }),
            Err(_) => break,
        }
