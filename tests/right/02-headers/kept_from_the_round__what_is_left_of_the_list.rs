//! exercise = "02-headers/kept_from_the_round"
//! mark = "body"
//! shape = "cut by hand, with what is left of the list"

    let mut rest = Some(list);
    while let Some(left) = rest {
        let (element, behind) = match left.split_once(',') {
            Some((element, behind)) => (element, Some(behind)),
            None => (left, None),
        };
        rest = behind;
        if !element.trim().is_empty() {
            found.push(element.trim());
        }
    }
