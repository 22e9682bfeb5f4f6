// Files dropped anywhere on the page are opened in it.
import { useEffect, useState } from 'preact/hooks';
import { say } from '../state/messages.js';
import { inWords, openDropped, reading } from '../state/opened.js';
import { filesIn } from './dropped.js';

export function DropZone() {
  const [over, setOver] = useState(false);

  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hold = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (event.dataTransfer === null || !hasFiles(event)) return;
      event.preventDefault();
      filesIn(event.dataTransfer).then(openDropped, (error) =>
        say({ text: `The files were not read: ${inWords(error).message}`, kind: 'error' }),
      );
    };
    document.addEventListener('dragenter', enter);
    document.addEventListener('dragleave', leave);
    document.addEventListener('dragover', hold);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragenter', enter);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('dragover', hold);
      document.removeEventListener('drop', drop);
    };
  }, []);

  if (reading.value !== null)
    return <Veil title={`Reading ${reading.value}`} text="In this page; nothing is uploaded." />;
  if (over) return <Veil title="Drop to open" text="A CSV, its logs, or a recording's folder. Nothing is uploaded." />;
  return null;
}

function Veil({ title, text }: { title: string; text: string }) {
  return (
    <div class="veil" role="status">
      <div class="veil-words">
        <strong>{title}</strong>
        <span>{text}</span>
      </div>
    </div>
  );
}
