async fn send(head: String) -> usize {
    let sent = head; //? head:R·M
    sent.len() //? head:··· sent:R·M
}
