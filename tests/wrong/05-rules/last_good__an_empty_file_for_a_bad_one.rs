//! exercise = "05-rules/last_good"
//! mark = "body"
//! misconception = "a default is as good as an error"
//! fails = "a_file_twice_its_size_changes_nothing"
//! says = "the rules of the last good file stay"

            self.rules = read(file, self.limit).unwrap_or_default();
