let head = String::from("GET");
loop { //? head:R·M
    drop(head); //? head:R·M
    break; //? head:···
}
