//! exercise = "05-rules/where_it_is"
//! mark = "body"
//! shape = "a match with a return in it"

        match block(line) {
            Ok(block) => blocks.push(block),
            Err(wrong) => return Err(FileError { line: index + 1, wrong }),
        }
