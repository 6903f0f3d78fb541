/// What the page does beyond showing: filters by verdict, and opening what a link points into. All can be read without it.
enum PageScript {
  static let text = """
    (() => {
      const filters = document.querySelector('.filters'), status = document.querySelector('#shown');
      const reveal = () => {
        let node = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        for (const target = node; node; node = node.parentElement) {
          if (node.tagName === 'DETAILS') node.open = true;
          if (node === document.body) target.scrollIntoView();
        }
      };
      if (filters) {
        filters.hidden = false;
        filters.addEventListener('click', event => {
          const button = event.target.closest('button');
          if (!button) return;
          document.body.dataset.filter = button.dataset.verdict;
          for (const other of filters.querySelectorAll('button')) other.setAttribute('aria-pressed', other === button);
          const all = [...document.querySelectorAll('article')];
          status.textContent = all.filter(one => one.offsetParent).length + ' of ' + all.length + ' scenarios shown';
        });
      }
      addEventListener('hashchange', reveal);
      addEventListener('beforeprint', () => document.querySelectorAll('article.failed details').forEach(one => one.open = true));
      if (location.hash) reveal();
    })();
    """
}
