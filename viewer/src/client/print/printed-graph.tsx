// The graph on paper: what is in view, drawn anew at print resolution in light colours just before the page is printed, and let
// go of afterwards. The rest of the paper is the page itself, laid out by styles/print.css.
import { useEffect, useRef } from 'preact/hooks';
import { THEMES } from '../../chart/palette.js';
import { drawPicture } from '../../chart/picture.js';
import { model } from '../state/chart-model.js';

/** Letters as large as those beside it on A4 upright, at about 360 dots an inch. */
const SIZE = { width: 900, height: 460, scale: 3 } as const;

export function PrintedGraph() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const prepare = () => {
      const shown = model.peek();
      if (canvas.current === null || shown === null) return;
      // As much of the log as is on the screen: on paper its lines have no box to fill.
      const room = document.querySelector('.log-body')?.clientHeight ?? 0;
      const row = document.querySelector('.row')?.clientHeight || 1;
      document.documentElement.style.setProperty('--printed-log', `${Math.floor(room / row) * row}px`);
      // Title, command and verdict stand above it on the same paper.
      drawPicture(canvas.current, { ...shown, title: '', subtitle: '' }, { ...SIZE, theme: THEMES.light });
      // Chart.js gave the canvas a size on the page; on paper it is as wide as there is room.
      canvas.current.removeAttribute('style');
    };
    const letGo = () => {
      if (canvas.current !== null) canvas.current.width = 0;
    };
    // A browser that prints tells so by events; one that only shows what print would look like changes the medium.
    const medium = matchMedia('print');
    const onMedium = () => {
      if (!medium.matches) letGo();
      else if (canvas.current?.width !== SIZE.width * SIZE.scale) prepare();
    };
    addEventListener('beforeprint', prepare);
    addEventListener('afterprint', letGo);
    medium.addEventListener('change', onMedium);
    return () => {
      removeEventListener('beforeprint', prepare);
      removeEventListener('afterprint', letGo);
      medium.removeEventListener('change', onMedium);
    };
  }, []);
  return <canvas ref={canvas} class="printed-graph" role="img" aria-label="The graph, as it is in view" />;
}
