print("kavka")
