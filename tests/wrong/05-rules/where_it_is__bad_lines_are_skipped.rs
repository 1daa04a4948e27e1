//! exercise = "05-rules/where_it_is"
//! mark = "body"
//! misconception = "a bad line can be left out"
//! fails = "says_in_which_line_the_mistake_is"
//! says = "the error says in which line the mistake is"

        if let Ok(block) = block(line) {
            blocks.push(block);
        }
        let _ = index;
