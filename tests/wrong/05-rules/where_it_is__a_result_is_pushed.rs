//! exercise = "05-rules/where_it_is"
//! mark = "body"
//! misconception = "a Result can stand where its value is asked for"
//! fails = "E0308"
//! says = "`?`"

        let block = block(line).map_err(|wrong| FileError { line: index + 1, wrong });
        blocks.push(block);
