//! exercise = "02-headers/kept_from_the_round"
//! mark = "body"
//! misconception = "a local that outlives the loop lives long enough"
//! fails = "E0597"
//! says = "a slice of the list"

    let owned: Vec<String> = list.split(',').map(|element| element.trim().to_string()).collect();
    for element in &owned {
        if !element.is_empty() {
            found.push(element);
        }
    }
