// The theme that was chosen, before the first paint: from the address first, then from the last visit.
// Without a choice the system's theme holds (color-scheme in tokens.css).
(() => {
  const known = (theme) => theme === 'light' || theme === 'dark';
  let theme = new URLSearchParams(location.hash.slice(1)).get('theme');
  if (theme === null) {
    try {
      theme = localStorage.getItem('tidemark-theme');
    } catch {
      // Storage may be forbidden: then the system's theme it is.
    }
  }
  if (known(theme)) document.documentElement.dataset.theme = theme;
})();
