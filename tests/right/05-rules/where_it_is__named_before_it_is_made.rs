//! exercise = "05-rules/where_it_is"
//! mark = "body"
//! shape = "a Result of the right type is made first, and taken apart last"

        let line_number = index + 1;
        let read = match block(line) {
            Ok(block) => Ok(block),
            Err(wrong) => Err(FileError { line: line_number, wrong }),
        };
        blocks.push(read?);
