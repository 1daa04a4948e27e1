fn route(head: String, closed: bool) -> usize {
    if closed { //? head:R·M closed:R·M
        drop(head); //? head:R·M closed:R·M
        return 0; //? head:··· closed:R·M
    }
    head.len() //? head:R·M closed:R·M
}
