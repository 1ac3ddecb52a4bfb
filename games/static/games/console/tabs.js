// On a phone the tabs scroll: the open one is brought into sight.

document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
