// The pages of the navigation: where they do not fit, the one that is shown is in sight.
// @ts-check

document.querySelector(".pages [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
