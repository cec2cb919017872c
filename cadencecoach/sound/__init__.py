"""What is heard: an engine that is asked for frames and answers with samples. numpy only, no device."""
