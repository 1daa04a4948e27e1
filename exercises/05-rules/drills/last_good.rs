//! The last good ones: a service reads its rule file anew, again and again, and one day the file is twice its size.
//!
//! On that day the body below panics: `unwrap` ends the service because of a file that nobody had to use.
//! A `?` would not help. It hands the error up, and above this loop there is nobody: the service would end as well.
//! The service has rules, those of the last good file. They are a day old, and they work.
//! So let a bad file change nothing but the list of refused files.

/// Why a file is refused.
#[derive(Debug, PartialEq)]
pub enum FileError {
    /// More rules than fit.
    TooMany { limit: usize },
    /// A line, counted from 1, is no path.
    NoPath { line: usize },
}

/// Reads a file: one path a line, and at most `limit` of them.
pub fn read(file: &str, limit: usize) -> Result<Vec<String>, FileError> {
    let mut rules = Vec::new();
    for (index, line) in file.lines().enumerate() {
        if index == limit {
            return Err(FileError::TooMany { limit });
        }
        if !line.starts_with('/') {
            return Err(FileError::NoPath { line: index + 1 });
        }
        rules.push(String::from(line));
    }
    Ok(rules)
}

/// A service with the rules that are in force, and why files were refused.
#[derive(Debug)]
pub struct Service {
    pub limit: usize,
    pub rules: Vec<String>,
    pub refused: Vec<FileError>,
}

impl Service {
    /// Takes one file after the other, and says how many rules are in force after each.
    pub fn follow(&mut self, files: &[&str]) -> Vec<usize> {
        let mut in_force = Vec::new();
        for file in files {
            self.rules = read(file, self.limit).unwrap();
            in_force.push(self.rules.len());
        }
        in_force
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three rules fit, and two are in force.
    fn service() -> Service {
        Service { limit: 3, rules: vec![String::from("/menu"), String::from("/cart")], refused: Vec::new() }
    }

    /// What is in force after each of `files`, and what is in force and was refused at the end.
    fn check(files: &[&str], in_force: &[usize], rules: &[&str], refused: &[FileError], why: &str) {
        println!("{why}\ninput: {files:?}"); // should follow panic, this is still shown
        let mut service = service();
        let counts = service.follow(files);
        let got = format!("{counts:?} rules; at the end {:?}, refused {:?}", service.rules, service.refused);
        let expected = format!("{in_force:?} rules; at the end {rules:?}, refused {refused:?}");
        assert!(got == expected, "{why}\ninput: {files:?}\nexpected: {expected}\ngot: {got}");
    }

    #[test]
    fn a_good_file_takes_the_place_of_the_old_rules() {
        check(&["/a\n/b\n/c\n"], &[3], &["/a", "/b", "/c"], &[], "three rules fit");
        check(&["", "/a\n"], &[0, 1], &["/a"], &[], "a file without rules is a good file, too");
    }

    #[test]
    fn a_file_twice_its_size_changes_nothing() {
        let why = "a bad file changes nothing: the rules of the last good file stay, all of them";
        let twice = "/menu\n/cart\n/menu\n/cart\n";
        check(&[twice], &[2], &["/menu", "/cart"], &[FileError::TooMany { limit: 3 }], why);
    }

    #[test]
    fn keeps_why_a_file_was_refused() {
        let why = "somebody will ask why the new file is not in force: each error is kept";
        let refused = [FileError::NoPath { line: 2 }, FileError::NoPath { line: 1 }];
        check(&["/a\nb\n", "c\n"], &[2, 2], &["/menu", "/cart"], &refused, why);
    }

    #[test]
    fn survives_a_file_that_flaps() {
        let why = "the service goes on after a bad file: the next file may be good";
        let bad = || FileError::TooMany { limit: 3 };
        let files = ["/a\n", "/1\n/2\n/3\n/4\n", "/b\n/c\n", "/1\n/2\n/3\n/4\n", "/d\n"];
        check(&files, &[1, 1, 2, 2, 1], &["/d"], &[bad(), bad()], why);
    }
}
