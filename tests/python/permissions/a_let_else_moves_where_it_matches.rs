fn target(line: Option<String>) -> String {
    let Some(target) = line else { //? line:R·M
        return String::new(); //? line:R·M
    };
    target //? line:··· target:R·M
}
