// The place that is lit is in sight, however long the list of places is.
document.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest" });
